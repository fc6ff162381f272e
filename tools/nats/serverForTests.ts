import { readFileSync } from "node:fs";
import { createNatsServer, type NatsServer, type NatsServerExit } from "./natsServer.ts";
import { pageOrigins } from "./config.ts";
import { NATS_SERVER_VARIABLE } from "./findNatsServer.ts";
import { pickPorts } from "../ports.ts";

/** A real nats-server on ports of its own, for pages on the usual port; not started yet. `more` is added to its configuration. */
export async function serverForTests(
  onExit?: (exit: NatsServerExit) => void,
  more = "",
): Promise<NatsServer> {
  const binary = process.env[NATS_SERVER_VARIABLE];
  if (binary === undefined) throw new Error("The set-up of the tests named no nats-server.");
  const [client = 0, webSocket = 0, monitoring = 0] = await pickPorts(3);
  return createNatsServer({
    binary,
    ports: { client, webSocket, monitoring },
    origins: pageOrigins(4173),
    more,
    ...(onExit ? { onExit } : {}),
  });
}

/** Whether a process runs. One that ended and waits to be reaped, as orphans do in some containers, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return process.platform !== "linux";
  }
}
