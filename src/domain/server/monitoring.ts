import * as v from "valibot";

/** What nats-server's monitoring tells, as far as it is shown. Fields that a version leaves out are told as nothing. */
export interface ServerVitals {
  readonly name: string;
  readonly version: string;
  readonly uptime: string;
  readonly connections: number;
  readonly subscriptions: number;
  readonly inMessages: number;
  readonly outMessages: number;
  readonly slowConsumers: number;
  /** Bytes. */
  readonly maxPayload: number;
  readonly memory: number;
  /** Percent of one core. */
  readonly cpu: number;
}

export interface MonitoredConnection {
  readonly id: number;
  /** As the program named itself, empty for none. */
  readonly name: string;
  /** `nats.ws 1.30.3`, or the like; empty where the program did not say. */
  readonly client: string;
  readonly viaWebSocket: boolean;
  /** Whether it is this page's; null where only its name can tell. */
  readonly ours: boolean | null;
  readonly inMessages: number;
  readonly outMessages: number;
  readonly pendingBytes: number;
  readonly subscriptions: readonly MonitoredSubscription[];
}

export interface MonitoredSubscription {
  readonly id: string;
  readonly subject: string;
  readonly queue: string | null;
  readonly messages: number;
}

export interface Connections {
  readonly total: number;
  /** Perhaps fewer than `total`. */
  readonly shown: readonly MonitoredConnection[];
}

const number = v.optional(v.number(), 0);
const text = v.optional(v.string(), "");

const varz = v.object({
  server_name: text,
  version: text,
  uptime: text,
  connections: number,
  subscriptions: number,
  in_msgs: number,
  out_msgs: number,
  slow_consumers: number,
  max_payload: number,
  mem: number,
  cpu: number,
});

const connz = v.object({
  total: number,
  connections: v.optional(
    v.array(
      v.object({
        cid: v.number(),
        name: text,
        lang: text,
        version: text,
        type: text,
        in_msgs: number,
        out_msgs: number,
        pending_bytes: number,
        subscriptions_list_detail: v.optional(
          v.array(v.object({ subject: v.string(), qgroup: text, sid: text, msgs: number })),
          [],
        ),
      }),
    ),
    [],
  ),
});

/** Reads the answer of `/varz`; null for anything else. */
export function parseVarz(answer: unknown): ServerVitals | null {
  const { success, output } = v.safeParse(varz, answer);
  if (!success) return null;
  return {
    name: output.server_name,
    version: output.version,
    uptime: output.uptime,
    connections: output.connections,
    subscriptions: output.subscriptions,
    inMessages: output.in_msgs,
    outMessages: output.out_msgs,
    slowConsumers: output.slow_consumers,
    maxPayload: output.max_payload,
    memory: output.mem,
    cpu: output.cpu,
  };
}

/**
 * Reads the answer of `/connz?subs=detail`; null for anything else. `ours` are the page's own connections, where the server could
 * be asked for them.
 */
export function parseConnz(answer: unknown, ours: readonly number[] | null = null): Connections | null {
  const { success, output } = v.safeParse(connz, answer);
  if (!success) return null;
  return {
    total: output.total,
    shown: output.connections.map((connection) => ({
      id: connection.cid,
      name: connection.name,
      client: [connection.lang, connection.version].filter((each) => each !== "").join(" "),
      viaWebSocket: connection.type === "websocket",
      ours: ours && ours.includes(connection.cid),
      inMessages: connection.in_msgs,
      outMessages: connection.out_msgs,
      pendingBytes: connection.pending_bytes,
      subscriptions: connection.subscriptions_list_detail.map(({ subject, qgroup, sid, msgs }) => ({
        id: sid,
        subject,
        queue: qgroup === "" ? null : qgroup,
        messages: msgs,
      })),
    })),
  };
}
