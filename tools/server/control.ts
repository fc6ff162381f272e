import type { IncomingMessage } from "node:http";
import type { NatsServer } from "../nats/natsServer.ts";
import { answerJson, isForLoopback, isFromThisMachine, wordsOf, type Handler } from "./answers.ts";

const PATH = "/control/server";
/** A page elsewhere cannot send it without asking first, and is refused. */
const OWN_HEADER = "x-roundtrip";

export interface ServerStatus {
  readonly state: NatsServer["state"];
  readonly pid: number | null;
  readonly version: string;
  readonly lastExit: NatsServer["lastExit"];
  readonly log: readonly string[];
}

/**
 * Lets the page end and start the nats-server that was started with it.
 * `GET control/server` tells how it is; `POST control/server/{start,stop,kill,lame-duck}` changes it and tells the same.
 */
export function controlHandler(server: NatsServer, version: string): Handler {
  const status = (): ServerStatus => ({
    state: server.state,
    pid: server.pid,
    version,
    lastExit: server.lastExit,
    log: server.log.slice(-40),
  });
  // A map has no names but its own.
  const actions: ReadonlyMap<string, () => Promise<void> | void> = new Map([
    ["start", () => server.start()],
    ["stop", () => server.stop()],
    ["kill", () => server.kill()],
    ["lame-duck", () => server.lameDuck()],
  ]);

  return async (request, response, next, { path }) => {
    if (path !== PATH && !path.startsWith(`${PATH}/`)) return next();
    const refusal = refuse(request);
    if (refusal !== null) return answerJson(response, 403, { error: refusal });
    if (path === PATH) {
      if (request.method === "GET") return answerJson(response, 200, status());
      return answerJson(response, 405, { error: "The server's status is read with GET." });
    }
    const action = actions.get(path.slice(PATH.length + 1));
    if (!action) return answerJson(response, 404, { error: `There is ${[...actions.keys()].join(", ")}.` });
    if (request.method !== "POST") return answerJson(response, 405, { error: "Use POST." });
    try {
      await action();
    } catch (problem) {
      return answerJson(response, 409, { error: wordsOf(problem), ...status() });
    }
    answerJson(response, 200, status());
  };
}

/** Why a request is not served, or null. Only the page itself may ask, on this machine. */
function refuse(request: IncomingMessage): string | null {
  const { host, origin } = request.headers;
  if (!isForLoopback(request) || !isFromThisMachine(request)) return "Only from this machine.";
  if (request.headers[OWN_HEADER] === undefined) return `The header ${OWN_HEADER} is missing.`;
  if (origin !== undefined && origin !== `http://${host}`) return "Only the page itself may ask this.";
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return "Only the page itself may ask this.";
  if (origin === undefined && site === undefined)
    return "Only a browser that says where it comes from may ask.";
  return null;
}
