import type { Context, Handler, Request } from "./interface.ts";

/** For tests: handlers that ask each other by subject, as responders of theirs would over the wire. */
export type Services = Readonly<Record<string, Handler>>;

export const requestOf = (
  payload: unknown,
  subject = "user.get",
  headers: Readonly<Record<string, string>> = {},
): Request => {
  const data =
    payload instanceof Uint8Array
      ? payload
      : new TextEncoder().encode(typeof payload === "string" ? payload : JSON.stringify(payload));
  const text = new TextDecoder().decode(data);
  return { subject, text, data, headers, json: (): unknown => JSON.parse(text) };
};

/** Why there is no reply, as `ask` throws it. */
class NoReply extends Error {
  readonly outcome: string;

  constructor(outcome: string) {
    super(outcome);
    this.outcome = outcome;
  }
}

/** A handler that never answers in time. */
export const silent: Handler = () => {
  throw new NoReply("timedOut");
};

/** A context in which exactly these services are running. What was logged is in `logged`. */
export function contextWith(services: Services = {}, logged: string[] = []): Context {
  const context: Context = {
    name: "responder-1",
    state: {},
    async ask(subject, payload) {
      const service = services[subject];
      if (!service) throw new NoReply("noResponders");
      return requestOf(await service(requestOf(payload, subject), contextWith(services)));
    },
    sleep: () => Promise.resolve(),
    random: () => 0,
    log: (...parts) => void logged.push(parts.join(" ")),
  };
  return context;
}
