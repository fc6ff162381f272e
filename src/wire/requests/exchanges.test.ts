import { encodeReason } from "../../domain/events/reasons.ts";
import { connect } from "nats";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { withTestServer } from "../../../tools/nats/testServer.ts";
import { FLAG, HANDLER_RESULTS } from "../../domain/events/events.ts";
import { PLAIN_POLICY } from "../../domain/setup/policies.ts";
import { replyKeyOf } from "../../domain/events/replyKey.ts";
import { AskError } from "../replies/handlerContext.ts";
import { MOST_HELD } from "../connection/replyMemory.ts";
import { prepareRequest } from "./preparedRequest.ts";
import {
  closePeers,
  isError,
  openRequester,
  openResponder,
  PLAIN_SETUP,
  type SeenEvent,
  until,
} from "../testing.ts";

const server = withTestServer();
afterEach(closePeers);

const result = (event: SeenEvent | undefined): string | undefined => HANDLER_RESULTS[event?.code ?? -1];

/** Hands on what comes byte by byte, each in a turn of its own: a stream may be split anywhere. */
class BytewiseWebSocket extends WebSocket {
  constructor(url: string) {
    super(url);
    let listener = (_event: { data: ArrayBuffer }): void => {};
    Object.defineProperty(this, "onmessage", {
      set(given: typeof listener) {
        listener = given;
      },
    });
    let before = Promise.resolve();
    this.on("message", (data: ArrayBuffer) => {
      before = before.then(async () => {
        for (let index = 0; index < data.byteLength; index++) {
          listener({ data: data.slice(index, index + 1) });
          await new Promise(setImmediate);
        }
      });
    });
  }
}

describe("one request and its reply", () => {
  it("has arrived before it is settled, wherever the stream is split", async () => {
    await openResponder(server, (request) => request.text);
    await openResponder(server, (request) => request.text, { name: "responder-2", queue: null });
    Object.assign(globalThis, { WebSocket: BytewiseWebSocket });
    try {
      const client = await openRequester(server);
      expect(await client.ask("user.get")).toBe("replied");
      await until("both replies have come", () => client.recorder.of("arrived").length === 2);
      const kinds = client.recorder.events.map(({ kind }) => kind);
      expect(kinds.indexOf("arrived")).toBeLessThan(kinds.indexOf("settled"));
    } finally {
      Object.assign(globalThis, { WebSocket });
    }
  });

  it("is told by both connections, event by event, under one key", async () => {
    const { recorder: at } = await openResponder(server, (request) => request.text);
    const client = await openRequester(server);
    expect(await client.ask("user.get", '{"user_id":1}', 700)).toBe("replied");

    const [called, concluded] = [client.recorder.of("called")[0], client.recorder.of("concluded")[0]];
    const attempted = client.recorder.of("attempted")[0];
    const key = attempted?.exchange ?? 0;
    expect(key).toBe(replyKeyOf(attempted?.reply ?? ""));
    expect(attempted).toMatchObject({ link: called?.link, code: 700, subject: "user.get" });
    expect(concluded).toMatchObject({ exchange: key, link: called?.link });
    const wire = {
      exchange: key,
      subject: "user.get",
      reply: attempted?.reply,
      payload: '{"user_id":1}',
      size: 13,
    };
    expect(client.recorder.of("sent")[0]).toMatchObject({ ...wire, flags: FLAG.outgoing });
    expect(at.of("delivered")[0]).toMatchObject(wire);
    expect(at.of("handling")[0]).toMatchObject({ exchange: key, code: 1 });
    expect(result(at.of("handled")[0])).toBe("replied");
    const reply = { exchange: key, subject: attempted?.reply, payload: '{"user_id":1}', size: 13 };
    expect(at.of("answered")[0]).toMatchObject(reply);
    expect(client.recorder.of("arrived")[0]).toMatchObject({ ...reply, code: 0, flags: 0 });
    expect(client.recorder.of("settled")).toHaveLength(1);
    const order = [...client.recorder.events, ...at.events]
      .filter((event) => event.exchange === key)
      .toSorted((a, b) => a.at - b.at)
      .map((event) => event.kind);
    expect(order).toEqual([
      "attempted",
      "sent",
      "delivered",
      "handling",
      "handled",
      "answered",
      "arrived",
      "settled",
      "concluded",
    ]);
  });

  it("carries headers both ways", async () => {
    const { recorder } = await openResponder(server, (request) => request.headers);
    const client = await openRequester(server);
    const request = prepareRequest("user.get", [{ name: "Trace-Id", value: "a b" }], 1000);
    await client.requester.call(request, new Uint8Array(0));
    expect(recorder.of("delivered")[0]?.headers).toBe("NATS/1.0\r\nTrace-Id: a b\r\n\r\n");
    expect(client.recorder.of("arrived")[0]?.payload).toBe('{"Trace-Id":"a b"}');
  });
});

describe("a request that gets no good reply", () => {
  it("ends as no responders at once where nothing is subscribed", async () => {
    const client = await openRequester(server);
    const before = performance.now();
    expect(await client.ask("nobody.home", "{}", 5000)).toBe("noResponders");
    expect(performance.now() - before).toBeLessThan(1000);
    expect(client.recorder.of("arrived")[0]).toMatchObject({ code: 503 });
  });

  it("ends as timed out where a responder is frozen, and the reply that comes after the thaw is late", async () => {
    const { responder, recorder } = await openResponder(server, () => "late");
    const client = await openRequester(server);
    responder.freeze();
    expect(await client.ask("user.get", "{}", 100)).toBe("timedOut");
    expect(recorder.of("delivered")).toHaveLength(1);
    expect(recorder.of("handling")).toHaveLength(0);
    responder.thaw();
    await until("the late reply arrives", () => client.recorder.of("arrived").length === 1);
    const [settled, arrived] = [client.recorder.of("settled")[0], client.recorder.of("arrived")[0]];
    expect(arrived?.exchange).toBe(settled?.exchange);
    expect(arrived?.at).toBeGreaterThan(settled?.at ?? Infinity);
  });

  it("has no part of what comes to its inbox under a name that no request had", async () => {
    await openResponder(server, (request) => request.text);
    const client = await openRequester(server);
    expect(await client.ask("user.get")).toBe("replied");
    const reply = client.recorder.of("sent")[0]?.reply ?? "";
    const inbox = reply.slice(0, reply.lastIndexOf("."));
    const elsewhere = await connect({ servers: server.nats.clientUrl });
    for (const token of ["nobody", "2", "01", "1"]) elsewhere.publish(`${inbox}.${token}`);
    await elsewhere.drain();
    await until("all have come", () => client.recorder.of("arrived").length === 5);
    const key = replyKeyOf(reply);
    expect(client.recorder.of("arrived").map(({ exchange }) => exchange)).toEqual([key, 0, 0, 0, key]);
  });

  it("ends as refused, and sends nothing, for a bad subject, header or timeout", async () => {
    const client = await openRequester(server);
    expect(await client.ask("two words")).toBe("refused");
    expect(await client.ask("wild.*")).toBe("refused");
    expect(await client.ask("a", "{}", 0)).toBe("refused");
    const bad = prepareRequest("a", [{ name: "A", value: "x\r\nPUB b 0\r\n" }], 100);
    expect((await client.requester.call(bad, new Uint8Array(0))).outcome).toBe("refused");
    expect(client.recorder.of("attempted")).toHaveLength(0);
    expect(client.recorder.of("sent")).toHaveLength(0);
    expect(client.recorder.of("concluded").every((event) => event.payload !== "")).toBe(true);
  });

  it("ends as refused for a payload over the server's limit", async () => {
    const client = await openRequester(server);
    expect(await client.ask("user.get", "x".repeat(1024 * 1024 + 1))).toBe("refused");
    expect(client.recorder.of("concluded")[0]?.payload).toContain("1048576");
  });

  it("ends as an error reply where the handler threw, with the words in headers and payload", async () => {
    const { recorder } = await openResponder(server, () => {
      throw new Error("the database\nis down");
    });
    const client = await openRequester(server);
    expect(await client.ask("user.get")).toBe("errorReply");
    const arrived = client.recorder.of("arrived")[0];
    expect(arrived && isError(arrived)).toBe(true);
    expect(JSON.parse(arrived?.payload ?? "")).toEqual({ error: "the database\nis down" });
    expect(arrived?.headers).toContain("Nats-Service-Error: the database is down\r\n");
    expect(arrived?.headers).toContain("Nats-Service-Error-Code: 500\r\n");
    expect(result(recorder.of("handled")[0])).toBe("threw");
    expect(recorder.of("handled")[0]?.payload).toBe(
      encodeReason({ kind: "threw", message: "the database\nis down" }),
    );
  });

  it("ends as an error reply where the handler returned an error or something without JSON", async () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    const { recorder } = await openResponder(server, ({ text }) =>
      text === "loop" ? loop : { error: "unknown" },
    );
    const client = await openRequester(server);
    expect(await client.ask("user.get")).toBe("errorReply");
    expect(await client.ask("user.get", "loop")).toBe("errorReply");
    expect(recorder.of("handled").map(result)).toEqual(["errorReply", "threw"]);
  });

  it("ends as an error reply, which names the place, where JSON has no form for what the handler returned", async () => {
    const returned: Record<string, unknown> = {
      map: { user: { tags: new Map() } },
      function: () => 1,
      nested: new Error("no"),
    };
    await openResponder(server, ({ text }) => returned[text]);
    const client = await openRequester(server);
    for (const [text, words] of [
      ["map", "The reply.user.tags is a Map, which JSON has no form for."],
      ["function", "The reply is a function, which JSON has no form for."],
      ["nested", "The reply is an Error, which JSON has no form for."],
    ] as const) {
      expect(await client.ask("user.get", text)).toBe("errorReply");
      expect(client.recorder.of("arrived").at(-1)?.payload).toBe(JSON.stringify({ error: words }));
    }
  });

  it("carries bytes in and out, in a request in turn too", async () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80);
    await openResponder(server, ({ data }) => data);
    await openResponder(
      server,
      async ({ data }, { ask }) => {
        const reply = await ask("user.get", new DataView(data.buffer, data.byteOffset, data.byteLength));
        return reply.data.slice().buffer;
      },
      { name: "gateway", subject: "gateway", queue: null },
    );
    const outside = await connect({ servers: server.nats.clientUrl });
    for (const subject of ["user.get", "gateway"])
      for (const sent of [bytes, new TextEncoder().encode("grüße"), new Uint8Array(896 * 1024).fill(0xfe)]) {
        const reply = await outside.request(subject, sent, { timeout: 5000 });
        expect(Buffer.compare(reply.data, sent)).toBe(0);
      }
    await outside.close();
  });

  it("ends as an error reply where the reply is over the server's limit", async () => {
    await openResponder(server, () => "x".repeat(1024 * 1024 + 1));
    const client = await openRequester(server);
    expect(await client.ask("user.get")).toBe("errorReply");
    expect(client.recorder.of("arrived")[0]?.payload).toContain("1048577 bytes");
  });

  it("ends as cancelled, once, when it is given up", async () => {
    const { responder } = await openResponder(server, () => "ok");
    const client = await openRequester(server);
    responder.freeze();
    const calls = [client.ask("user.get"), client.ask("user.get")];
    client.requester.cancel({ kind: "cancelled", by: "person" });
    expect(await Promise.all(calls)).toEqual(["cancelled", "cancelled"]);
    responder.thaw();
    await until("both replies arrive", () => client.recorder.of("arrived").length === 2);
    expect(client.recorder.of("settled")).toHaveLength(2);
    expect(client.recorder.of("concluded")).toHaveLength(2);
  });
});

describe("responders", () => {
  it("share 300 requests in a queue group, and each get all of them without one", async () => {
    const three = await Promise.all(
      [1, 2, 3].map((n) => openResponder(server, () => n, { name: `responder-${n}` })),
    );
    const client = await openRequester(server);
    await Promise.all(Array.from({ length: 300 }, () => client.ask("user.get")));
    const received = (): number[] => three.map(({ recorder }) => recorder.of("delivered").length);
    expect(received().reduce((a, b) => a + b)).toBe(300);
    expect(Math.min(...received())).toBeGreaterThan(50);

    for (const { responder, serving } of three) {
      const before = serving.length;
      responder.serve({ ...PLAIN_SETUP, queue: null });
      await until("it is subscribed anew", () => serving.length > before);
    }
    await Promise.all(Array.from({ length: 100 }, () => client.ask("user.get")));
    await until("every copy is answered", () => client.recorder.of("arrived").length === 600);
    expect(received().reduce((a, b) => a + b)).toBe(600);
    expect(client.recorder.outcomes().filter((outcome) => outcome === "replied")).toHaveLength(400);
  });

  it("handle one at a time, in order, when told so", async () => {
    let most = 0;
    let now = 0;
    const { recorder } = await openResponder(
      server,
      async ({ text }, context) => {
        most = Math.max(most, ++now);
        await context.sleep(5);
        now--;
        return text;
      },
      { handling: "oneAtATime" },
    );
    const client = await openRequester(server);
    await Promise.all([1, 2, 3, 4, 5].map((n) => client.ask("user.get", String(n))));
    expect(most).toBe(1);
    expect(recorder.of("answered").map((event) => event.payload)).toEqual(["1", "2", "3", "4", "5"]);
    expect(recorder.of("handling").every((event) => event.code === 1)).toBe(true);
  });

  it("fail and drop the shares they are told to, alike for the same seed", async () => {
    const run = async (): Promise<string[]> => {
      const { recorder } = await openResponder(server, () => "ok", { errorShare: 0.5, dropShare: 0.3 });
      const client = await openRequester(server);
      for (let n = 0; n < 40; n++) await client.ask("user.get", "{}", 20);
      await closePeers();
      return recorder.of("handled").map((event) => result(event) ?? "");
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set(["replied", "errorReply", "dropped"]));
    expect(await run()).toEqual(first);
  });

  it("lose nothing when they drain: what was delivered is answered, frozen or slow", async () => {
    const slow = await openResponder(server, () => "ok", {
      delay: { kind: "fixed", ms: 50 },
      handling: "oneAtATime",
    });
    const client = await openRequester(server);
    slow.responder.freeze();
    const calls = Promise.all(Array.from({ length: 5 }, () => client.ask("user.get")));
    await until("all are delivered", () => slow.recorder.of("delivered").length === 5);
    await slow.responder.drain();
    await slow.connection.close();
    expect(await calls).toEqual(Array(5).fill("replied"));
    expect(await client.ask("user.get")).toBe("noResponders");
  });

  it("move to another subject without a moment in which nobody is subscribed", async () => {
    const { responder, serving } = await openResponder(server, () => "ok", { queue: null });
    const client = await openRequester(server);
    responder.serve({ ...PLAIN_SETUP, subject: "user.>", queue: null });
    for (let n = 0; n < 20; n++) expect(await client.ask("user.get")).toBe("replied");
    responder.serve({ ...PLAIN_SETUP, subject: "two words", queue: null });
    expect(serving.at(-1)).toEqual({ kind: "badSubscription", subject: "two words" });
    expect(await client.ask("user.get")).toBe("replied");
  });

  it("ask other services, as part of the exchange they answer", async () => {
    await openResponder(server, () => ({ valid: true }), { name: "auth", subject: "auth.verify" });
    const { recorder } = await openResponder(server, async (_, context) => {
      const auth = await context.ask("auth.verify", { token: 1 });
      return auth.json();
    });
    const client = await openRequester(server);
    expect(await client.ask("user.get")).toBe("replied");
    const parent = client.recorder.of("attempted")[0]?.exchange;
    expect(recorder.of("attempted")[0]).toMatchObject({
      link: parent,
      flags: FLAG.nested,
      subject: "auth.verify",
    });
    expect(client.recorder.of("arrived")[0]?.payload).toBe('{"valid":true}');
  });

  it("are told why a service they ask does not answer", async () => {
    let thrown: unknown;
    const { recorder } = await openResponder(server, async (_, context) => {
      context.log("asking", { at: 1 });
      await context.ask("nobody.home").catch((error: unknown) => (thrown = error));
      throw thrown;
    });
    const client = await openRequester(server);
    expect(await client.ask("user.get")).toBe("errorReply");
    expect(thrown).toBeInstanceOf(AskError);
    expect(thrown).toMatchObject({ outcome: "noResponders" });
    expect(recorder.of("log")[0]).toMatchObject({
      payload: 'asking {"at":1}',
      exchange: client.recorder.of("attempted")[0]?.exchange,
    });
  });

  it("hold so many requests and no more, drop the rest with a word, and answer every one that they hold", async () => {
    const MORE = 200;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const { recorder, connection } = await openResponder(server, async () => {
      await released;
      return "ok";
    });
    const outside = await connect({ servers: server.nats.clientUrl });
    for (let n = 0; n < MOST_HELD + MORE; n++) outside.publish("user.get", "", { reply: `replies.${n}` });
    await outside.flush();
    await until("all are delivered", () => recorder.of("delivered").length === MOST_HELD + MORE, 30_000);
    const dropped = recorder.of("handled");
    expect(dropped).toHaveLength(MORE);
    expect(dropped[0]?.payload).toBe(encodeReason({ kind: "full", most: MOST_HELD }));
    release();
    await until("what was held is answered", () => recorder.of("answered").length === MOST_HELD, 30_000);
    expect(recorder.of("published")).toEqual([]);
    await connection.close();
    await outside.close();
  }, 90_000);

  it("say of what they held that it was aborted when they are closed", async () => {
    const { responder, recorder } = await openResponder(server, () => new Promise(() => {}), {
      handling: "oneAtATime",
    });
    const client = await openRequester(server);
    void client.ask("user.get", "{}", 100);
    void client.ask("user.get", "{}", 100);
    await until("both are delivered", () => recorder.of("delivered").length === 2);
    responder.abort({ kind: "cancelled", by: "responderClosed" });
    expect(recorder.of("handled").map(result)).toEqual(["aborted", "aborted"]);
  });
});

describe("programs that are not in the page", () => {
  it("are answered, over TCP and on an inbox of any name, and answer", async () => {
    const outside = await connect({ servers: server.nats.clientUrl, inboxPrefix: "my.inbox" });
    const { recorder } = await openResponder(server, () => "from the page");
    const reply = await outside.request("user.get", "{}", { timeout: 2000 });
    expect(reply.string()).toBe("from the page");
    const delivered = recorder.of("delivered")[0];
    expect(delivered?.reply).toMatch(/^my\.inbox\./);
    await until("the answer is recorded", () => recorder.of("answered").length === 1);
    expect(recorder.of("answered")[0]).toMatchObject({
      exchange: delivered?.exchange,
      subject: delivered?.reply,
    });

    outside.subscribe("outside", { callback: (_, message) => void message.respond("from outside") });
    await outside.flush();
    const client = await openRequester(server);
    expect(await client.ask("outside")).toBe("replied");
    expect(client.recorder.of("arrived")[0]?.payload).toBe("from outside");
    await outside.close();
  });
});

describe("an inbox for each request", () => {
  it("takes a SUB and an UNSUB for each, and has its reply, its 503 and its timeout", async () => {
    await openResponder(server, (request) => request.text);
    await openResponder(server, () => new Promise<never>(() => {}), { name: "silent", subject: "silent" });
    const client = await openRequester(server);
    const ask = async (subject: string, payload = "{}"): Promise<string> => {
      const request = prepareRequest(subject, [], 200, "perRequest");
      return (await client.requester.call(request, new TextEncoder().encode(payload))).outcome;
    };
    expect(await Promise.all([ask("user.get"), ask("user.get"), ask("nobody"), ask("silent")])).toEqual([
      "replied",
      "replied",
      "noResponders",
      "timedOut",
    ]);
    const replies = client.recorder.of("sent").map(({ reply }) => reply);
    expect(new Set(replies).size).toBe(4);
    expect(client.recorder.of("subscribed").map(({ subject }) => subject)).toEqual(
      expect.arrayContaining(replies),
    );
    expect(client.recorder.of("unsubscribed").filter(({ link }) => link === 1)).toHaveLength(4);
    expect(client.recorder.of("arrived").map(({ subject }) => replies.includes(subject))).toEqual([
      true,
      true,
      true,
    ]);
    // The one that is too large never subscribes.
    const before = client.recorder.of("subscribed").length;
    expect(await ask("user.get", "x".repeat(2 ** 20 + 1))).toBe("refused");
    expect(client.recorder.of("subscribed")).toHaveLength(before);
  });

  it("takes every reply where many are gathered, and is unsubscribed when their time is over", async () => {
    await openResponder(server, () => "one", { queue: null });
    await openResponder(server, () => "two", { name: "responder-2", queue: null });
    const client = await openRequester(server);
    const request = prepareRequest("user.get", [], 5000, "perRequest");
    const gather = { count: null, forMs: 150, gapMs: null, sentinel: false };
    const under = { policy: { ...PLAIN_POLICY, gather }, random: () => 0.5 };
    const end = await client.requester.call(request, new Uint8Array(0), under);
    expect(end.outcome).toBe("replied");
    expect(client.recorder.of("settled")[0]).toMatchObject({ link: 2 });
    const [subscribed] = client.recorder.of("subscribed");
    expect(client.recorder.of("sent")[0]?.reply).toBe(subscribed?.subject);
    await until("it is unsubscribed", () => client.recorder.of("unsubscribed").length === 1);
  });
});
