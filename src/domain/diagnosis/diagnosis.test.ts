import { describe, expect, it } from "vitest";
import { diagnose } from "./diagnosis.ts";
import type { Arrival, Delivery, Exchange } from "../events/exchange.ts";
import { deliveryWith, exchangeWith } from "../events/testingExchange.ts";
import type { Diagnosis, Failure, ResponderContext, DiagnosisContext } from "./failure.ts";
import type { Outcome } from "../events/outcomes.ts";
import type { Reason } from "../events/reasons.ts";
import { describeReason } from "../narration/describeReason.ts";
import { encodeUtf8 } from "../base/utf8.ts";

const NAMES: Readonly<Record<number, string>> = { 1: "client-1", 2: "responder-1", 3: "responder-2" };
const payload = (text: string) => ({
  bytes: encodeUtf8(text),
  size: encodeUtf8(text).length,
  headers: new Uint8Array(),
});

const responder: ResponderContext = {
  id: 2,
  subject: "user.get",
  queue: "users",
  state: "connected",
  reason: null,
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
};

const SCENE: DiagnosisContext = {
  now: 10_000,
  nameOf: (peer) => NAMES[peer] ?? "outside",
  responders: [responder],
  requesters: [{ id: 1, subject: "user.get", timeoutMs: 1000, state: "connected" }],
  stateAt: () => null,
  heard: { kind: "known", subscriptions: [], complete: true },
  mostBytes: 1_048_576,
  connected: true,
  startsServer: false,
};

const delivery = deliveryWith({ deliveredAt: 1001 });

/** Handled without an error, from one instant to another. */
const handled = (handlingAt: number, handledAt: number, answeredAt = handledAt): Delivery => ({
  ...delivery,
  handlingAt,
  handledAt,
  result: "replied",
  answeredAt,
});

const exchange = exchangeWith({
  key: 7,
  request: payload("{}"),
  timeoutMs: 1000,
  attemptedAt: 1000,
  sentAt: 1000,
  settledAt: 2000,
  outcome: "timedOut",
});

const late = (at: number): Arrival => ({
  arrivedAt: at,
  verdict: "late",
  from: 2,
  error: false,
  message: payload("{}"),
});

function why(
  outcome: Outcome,
  of: Partial<Exchange>,
  context: Partial<DiagnosisContext> = {},
  more: Partial<Failure> = {},
): Diagnosis {
  const failure: Failure = {
    outcome,
    reason: null,
    at: 2000,
    requester: 1,
    exchange: { ...exchange, outcome, ...of },
    nested: [],
    ...more,
  };
  const diagnosis = diagnose(failure, { ...SCENE, ...context });
  if (diagnosis === null) throw new Error("it has no diagnosis");
  return diagnosis;
}

const textOf = ({ title, causes }: Diagnosis): string => [title, ...causes].join("\n");
const actionsOf = ({ remedies }: Diagnosis) =>
  remedies.flatMap(({ action }) => (action === null ? [] : [action]));

it("what was replied has no diagnosis", () => {
  const failure: Failure = { outcome: "replied", reason: null, at: 1, requester: 1, exchange, nested: [] };
  expect(diagnose(failure, SCENE)).toBeNull();
});

describe("no responders", () => {
  it("names the nearest subject and whose it is, and offers it", () => {
    const said = why(
      "noResponders",
      { subject: "user.gte" },
      {
        requesters: [{ id: 1, subject: "user.gte", timeoutMs: 1000, state: "connected" }],
      },
    );
    expect(textOf(said)).toContain(
      "The most similar subject that somebody subscribes to is user.get: responder-1.",
    );
    expect(actionsOf(said)).toContainEqual({ kind: "changeSubject", requester: 1, subject: "user.get" });
    expect(actionsOf(said)).toContainEqual({ kind: "addResponder", subject: "user.gte", queue: null });
  });

  it("fills a wildcard in from what was asked, and says that capitals count", () => {
    const heard = {
      kind: "known",
      complete: true,
      subscriptions: [{ subject: "Orders.*", queue: null, by: "shop", ours: false }],
    } as const;
    const said = why("noResponders", { subject: "orders.eu" }, { heard, responders: [] });
    expect(textOf(said)).toContain("is Orders.eu: shop. Subjects are case-sensitive.");
  });

  it("offers no subject that the requester does not ask on any more", () => {
    expect(actionsOf(why("noResponders", { subject: "user.gte" }))).not.toContainEqual(
      expect.objectContaining({ kind: "changeSubject" }),
    );
  });

  it("a responder that was killed is started again; nobody else has to be put up", () => {
    const said = why("noResponders", {}, { responders: [{ ...responder, state: "killed" }] });
    expect(textOf(said)).toContain("responder-1 would answer on user.get, but was killed.");
    expect(actionsOf(said)).toEqual([{ kind: "start", responder: 2 }]);
  });

  it("says what it does not know when the server's list cannot be read", () => {
    const said = why(
      "noResponders",
      { subject: "user.gte" },
      {
        heard: { kind: "unknown", why: "it answers 502" },
      },
    );
    expect(textOf(said)).toContain("cannot be read: it answers 502");
    expect(textOf(said)).toContain("user.get: responder-1");
  });
});

describe("timed out", () => {
  it("the handler needs longer than the timeout, by how much, and how late the reply was", () => {
    const done = handled(1001, 3500);
    const said = why("timedOut", { deliveries: [done], arrivals: [late(3501)] });
    expect(said.title).toBe("The handler of responder-1 needs longer than the timeout");
    expect(textOf(said)).toContain("Its handler needs 2.5 s.");
    expect(textOf(said)).toContain("That is 1.5 s longer than the timeout of 1 s leaves.");
    expect(textOf(said)).toContain("The reply of responder-1 came 1.5 s after the timeout of 1 s");
    expect(actionsOf(said)).toContainEqual({ kind: "raiseTimeout", requester: 1, timeoutMs: 5000 });
  });

  it("offers no timeout that the requester has already", () => {
    const done = handled(1001, 3500);
    const requesters = [{ id: 1, subject: "user.get", timeoutMs: 9000, state: "connected" }] as const;
    expect(actionsOf(why("timedOut", { deliveries: [done] }, { requesters }))).toEqual([]);
  });

  it("a handler that is still at work", () => {
    const said = why("timedOut", { deliveries: [{ ...delivery, handlingAt: 1001 }] });
    expect(textOf(said)).toContain("has been working for 9 s and has not finished");
  });

  it("the request waited behind others at a responder that handles one at a time", () => {
    const done = handled(2900, 3100);
    const responders = [{ ...responder, handling: "oneAtATime" }] as const;
    const said = why("timedOut", { deliveries: [done] }, { responders });
    expect(said.title).toBe("The request waited too long behind others at responder-1");
    expect(textOf(said)).toContain(
      "waited 1.9 s behind others, since it handles one at a time, and then took 200 ms",
    );
    expect(actionsOf(said).map(({ kind }) => kind)).toEqual([
      "raiseTimeout",
      "handleConcurrently",
      "addResponder",
    ]);
  });

  it("frozen, before the request or after it; thawing it is offered only while it is", () => {
    const stateAt = () => ({ state: "frozen", since: 500 }) as const;
    const frozen = [{ ...responder, state: "frozen" }] as const;
    const now = why("timedOut", { deliveries: [delivery] }, { stateAt, responders: frozen });
    expect(now.title).toBe("responder-1 is frozen");
    expect(textOf(now)).toContain("It had been frozen for 501 ms when the request came");
    expect(actionsOf(now)).toEqual([{ kind: "thaw", responder: 2 }]);
    const then = why("timedOut", { deliveries: [delivery] }, { stateAt });
    expect(then.title).toBe("responder-1 was frozen");
    expect(actionsOf(then)).toEqual([]);
  });

  it("killed while it had the request", () => {
    const ended = {
      ...delivery,
      handlingAt: 1001,
      handledAt: 1301,
      result: "aborted",
      error: { kind: "killed" },
    } as const;
    const said = why(
      "timedOut",
      { deliveries: [ended] },
      { responders: [{ ...responder, state: "killed" }] },
    );
    expect(said.title).toBe("responder-1 ended while it had the request");
    expect(textOf(said)).toContain(
      "It ended 300 ms after it got the request: Its worker was ended, as a crash would.",
    );
    expect(textOf(said)).toContain("it waited for 699 ms more");
    expect(actionsOf(said)).toEqual([{ kind: "start", responder: 2 }]);
  });

  it("a responder that may not publish to inboxes: no longer timeout and no other responder helps", () => {
    const done = handled(1001, 1005, 1006);
    const said = why("timedOut", { deliveries: [{ ...done, replyRefused: true }] });
    expect(said.title).toBe("responder-1 may not reply");
    expect(textOf(said)).toContain("may not publish to _INBOX.a.b");
    expect(said.remedies[0]?.words).toContain("allow_responses: true");
    expect(actionsOf(said)).toEqual([]);
  });

  it("a responder that may not subscribe is connected all the same", () => {
    const reason = {
      kind: "notPermitted",
      operation: "subscribe",
      subject: "user.get",
      queue: "users",
    } as const;
    const said = why("noResponders", {}, { responders: [{ ...responder, state: "notSubscribed", reason }] });
    expect(textOf(said)).toContain(
      "responder-1 would answer on user.get, but is connected and not subscribed.",
    );
    expect(textOf(said)).toContain(
      "does not permit this user to subscribe to user.get in the queue group users",
    );
    expect(said.remedies[0]?.words).toContain(
      "Allow its user to subscribe to user.get in the queue group users",
    );
  });

  it("dropped by its share", () => {
    const dropped = { ...delivery, handledAt: 1001, result: "dropped" } as const;
    const said = why(
      "timedOut",
      { deliveries: [dropped] },
      { responders: [{ ...responder, dropShare: 0.25 }] },
    );
    expect(textOf(said)).toContain("It drops 25 % of its requests on purpose");
    expect(actionsOf(said)).toEqual([{ kind: "stopDropping", responder: 2 }]);
  });

  it("of several responders the one that says most gives the title", () => {
    const frozen: DiagnosisContext["stateAt"] = (peer) =>
      peer === 3 ? { state: "frozen", since: 500 } : null;
    const said = why(
      "timedOut",
      {
        deliveries: [
          { ...delivery, handlingAt: 1001 },
          { ...delivery, peer: 3 },
        ],
      },
      { stateAt: frozen, responders: [responder, { ...responder, id: 3, state: "frozen" }] },
    );
    expect(said.title).toBe("responder-2 is frozen");
    expect(textOf(said)).toContain("has been working");
  });

  it("a listener outside the page", () => {
    const heard = {
      kind: "known",
      complete: true,
      subscriptions: [{ subject: "user.>", queue: null, by: "watcher", ours: false }],
    } as const;
    const said = why("timedOut", {}, { heard });
    expect(said.title).toBe("watcher did not answer in time");
    expect(textOf(said)).toContain("watcher subscribes to user.get (as user.>) outside this page");
    expect(textOf(said)).toContain("over max_payload");
    expect(actionsOf(said)).toEqual([{ kind: "raiseTimeout", requester: 1, timeoutMs: 2000 }]);
  });

  it("a reply that was lost with the responder's connection", () => {
    const lost = {
      ...delivery,
      handlingAt: 1001,
      handledAt: 1101,
      result: "aborted",
      error: { kind: "replyLost" },
    } as const;
    expect(why("timedOut", { deliveries: [lost] }).title).toBe("The reply of responder-1 was lost");
  });

  it("a handler that asked in turn and got nothing leads to that request", () => {
    const nested = { ...exchange, seq: 2, subject: "auth.verify", outcome: "noResponders" } as const;
    const said = why(
      "timedOut",
      { deliveries: [{ ...delivery, handlingAt: 1001 }] },
      {},
      { nested: [nested] },
    );
    expect(textOf(said)).toContain("Its handler asked auth.verify, and that ended with: no responders.");
    expect(actionsOf(said)).toContainEqual({ kind: "lookAt", seq: 2 });
  });
});

describe("an error reply", () => {
  const reply = (text: string): Arrival => ({
    ...late(1500),
    verdict: "taken",
    error: true,
    message: payload(text),
  });

  it("says what the reply says", () => {
    const said = why("errorReply", {
      arrivals: [reply('{"error":"Invalid user_id"}')],
      deliveries: [delivery],
    });
    expect(said.title).toBe("responder-1 replied with an error");
    expect(textOf(said)).toContain("It says: Invalid user_id");
  });

  it.each([
    [
      "Nats-Service-Error: user 7 not found\r\nNats-Service-Error-Code: 404",
      "It says: user 7 not found (code 404)",
    ],
    ["nats-service-error-code: 404", "an error with the code 404, but not why"],
    ["X-Other: 1", "an error, but not why"],
  ])("of a program outside says what its headers say: %j", (headers, says) => {
    for (const text of ["", "\u0000\u0001", "not JSON"]) {
      const message = { ...payload(text), headers: encodeUtf8(`NATS/1.0\r\n${headers}\r\n\r\n`) };
      const said = why("errorReply", { arrivals: [{ ...reply(""), from: 0, message }] });
      expect(said.title).toBe("A program outside this page replied with an error");
      expect(textOf(said)).toContain(says);
    }
  });

  it("is what becomes of a reply that is too large, by how much", () => {
    const error = { kind: "replyTooLarge", size: 1_572_864, most: 1_048_576 } as const;
    const threw = { ...delivery, result: "threw", error } as const;
    const said = why("errorReply", { arrivals: [reply("{}")], deliveries: [threw] });
    expect(said.title).toBe("The reply was too large");
    expect(textOf(said)).toContain(
      "a reply of 1.5 MiB, and the server takes at most 1 MiB: 512 KiB too much",
    );
  });

  it("is made on purpose by a share", () => {
    const simulated = {
      ...delivery,
      result: "errorReply",
      error: { kind: "simulated", share: 0.1 },
    } as const;
    const said = why("errorReply", { arrivals: [reply("{}")], deliveries: [simulated] });
    expect(actionsOf(said)).toEqual([{ kind: "stopFailing", responder: 2 }]);
  });
});

describe("what ended in the client", () => {
  const unsent = { exchange: null } as const;

  it("the connection was down: the server is started where the page can", () => {
    const reason = { kind: "lost", url: "ws://127.0.0.1:9222", said: "" } as const;
    const down = { connected: false, startsServer: true } as const;
    const said = why("connectionLost", {}, down, { ...unsent, reason });
    expect(said.title).toBe("The connection of client-1 was down");
    expect(textOf(said)).toContain("It was not published");
    expect(actionsOf(said)).toEqual([{ kind: "startServer", requester: 1 }]);
    expect(actionsOf(why("connectionLost", {}, { connected: false }, unsent))).toEqual([]);
  });

  it("went down while it waited: the request may have been handled", () => {
    expect(textOf(why("connectionLost", {}))).toContain(
      "It was published, and 1 s later the connection was gone",
    );
  });

  it.each<[Reason, string]>([
    [{ kind: "tooLarge", size: 2_000_000, most: 1_048_576 }, "The request is too large"],
    [
      { kind: "notPermitted", operation: "publish", subject: "a", queue: null },
      "The server does not permit it",
    ],
    [
      { kind: "notPermitted", operation: "reply", subject: "_R_.a", queue: null },
      "The server does not permit its reply subject",
    ],
    [{ kind: "badTimeout", timeoutMs: 0 }, "The timeout cannot be used"],
    [{ kind: "badSubject", subject: "user get" }, "The subject cannot be used"],
    [{ kind: "badHeader", name: "a b", value: "" }, "A header cannot be sent"],
    [{ kind: "noHeaders" }, "The server does not support headers"],
    [{ kind: "unsendable", message: "x" }, "The request cannot be sent as it is"],
  ])("refused: %j", (reason, title) => {
    const said = why("refused", {}, {}, { ...unsent, reason });
    expect(said.title).toBe(title);
    expect(textOf(said)).toContain(describeReason(reason));
  });

  it("refused for its subject, whatever words that is made of: no timeout is too short", () => {
    const reason = { kind: "badSubject", subject: "job.timeout." } as const;
    const said = why("refused", {}, {}, { ...unsent, reason });
    expect(said.title).toBe("The subject cannot be used");
    expect(said.remedies.map(({ words }) => words)).toEqual(["Correct the subject, and send it again."]);
  });

  it("refused the inbox: it is not the subject that may not be published to", () => {
    const reason = {
      kind: "notPermitted",
      operation: "subscribe",
      subject: "_INBOX.a.*",
      queue: null,
    } as const;
    const said = why("refused", {}, {}, { reason });
    expect(said.title).toBe("The requester may not receive replies");
    expect(textOf(said)).toContain("to subscribe to _INBOX.a.*");
    expect(textOf(said)).not.toContain("may not publish");
    expect(said.remedies.map(({ words }) => words).join()).toContain('"_INBOX.>"');
  });

  it("the breaker was open: the request that failed before leads to what broke", () => {
    const said = why("shortCircuited", {}, {}, { ...unsent, failedBefore: 41 });
    expect(actionsOf(said)).toEqual([{ kind: "lookAt", seq: 41 }]);
  });

  it.each<[Outcome, string]>([
    ["cancelled", "It was cancelled"],
    ["shortCircuited", "The circuit breaker is open"],
    ["fellBack", "The fallback replaced a reply"],
  ])("%s", (outcome, title) => {
    expect(why(outcome, {}, {}, unsent).title).toBe(title);
  });
});
