import { describe, expect, test } from "vitest";
import { parseConnz, parseVarz } from "./monitoring.ts";

// Answers of nats-server 2.15.2, shortened to what is read and some of what is not.
const VARZ = {
  server_id: "NCYH7HOIENORUYBHIIMM3K62HXCRR4NQODMMRPSVVXSYOJGJEXLN62GY",
  server_name: "demo",
  version: "2.15.2",
  max_payload: 1048576,
  mem: 16023552,
  cpu: 0.5,
  uptime: "3s",
  connections: 1,
  in_msgs: 7,
  out_msgs: 9,
  slow_consumers: 0,
  subscriptions: 61,
};
const CONNZ = {
  num_connections: 1,
  total: 3,
  connections: [
    {
      cid: 5,
      kind: "Client",
      type: "nats",
      pending_bytes: 0,
      in_msgs: 4,
      out_msgs: 2,
      name: "orders-service",
      lang: "nats.js",
      version: "2.29.3",
      subscriptions_list_detail: [
        { subject: "orders.*", qgroup: "orders", sid: "1", msgs: 4, cid: 5 },
        { subject: "audit.>", sid: "2", msgs: 0, cid: 5 },
      ],
    },
    { cid: 6, type: "websocket" },
  ],
};

describe("parseVarz", () => {
  test("reads what is shown", () => {
    expect(parseVarz(VARZ)).toMatchObject({ name: "demo", version: "2.15.2", maxPayload: 1048576, cpu: 0.5 });
  });

  test("takes what an older server leaves out for nothing", () => {
    expect(parseVarz({ version: "2.9.10" })).toMatchObject({ name: "", version: "2.9.10", memory: 0 });
  });

  test("refuses what is no answer of a server", () => {
    expect(parseVarz("<!doctype html>")).toBeNull();
    expect(parseVarz({ connections: "many" })).toBeNull();
  });
});

describe("parseConnz", () => {
  test("reads connections with their subscriptions and queue groups", () => {
    const connections = parseConnz(CONNZ);
    expect(connections?.total).toBe(3);
    expect(connections?.shown[0]).toEqual({
      id: 5,
      name: "orders-service",
      client: "nats.js 2.29.3",
      viaWebSocket: false,
      ours: null,
      inMessages: 4,
      outMessages: 2,
      pendingBytes: 0,
      subscriptions: [
        { id: "1", subject: "orders.*", queue: "orders", messages: 4 },
        { id: "2", subject: "audit.>", queue: null, messages: 0 },
      ],
    });
    expect(connections?.shown[1]).toMatchObject({ id: 6, name: "", viaWebSocket: true, subscriptions: [] });
  });

  test("a server without connections has none", () => {
    expect(parseConnz({ total: 0 })).toEqual({ total: 0, shown: [] });
  });

  test("refuses what is no answer of a server", () => {
    expect(parseConnz(null)).toBeNull();
    expect(parseConnz({ connections: [{ cid: "5" }] })).toBeNull();
  });
});
