import { afterAll, beforeAll } from "vitest";
import { WebSocket } from "ws";
import type { ServerAddress } from "../../src/domain/server/connection.ts";
import type { NatsServer } from "./natsServer.ts";
import { serverForTests } from "./serverForTests.ts";

/** The address of its WebSocket, for a client without credentials, and the server itself. */
export interface TestServer extends ServerAddress {
  readonly nats: NatsServer;
}

/** One real nats-server for the tests of a file: started before the first of them, stopped after the last. */
export function withTestServer(): TestServer {
  // Node 20 has no WebSocket of its own. A program that is no browser sends no Origin, so tests of origins give one.
  Object.assign(globalThis, { WebSocket });
  let server: NatsServer | undefined;
  beforeAll(async () => {
    server = await serverForTests();
    await server.start();
  }, 120_000);
  afterAll(() => server?.stop());
  const started = (): NatsServer => {
    if (!server) throw new Error("The server of the tests is asked for before its tests run.");
    return server;
  };
  return {
    get nats() {
      return started();
    },
    get url() {
      return started().webSocketUrl;
    },
    credentials: { kind: "none" },
  };
}
