import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, headers, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NatsServer } from "../../tools/nats/natsServer.ts";
import { serverForTests } from "../../tools/nats/serverForTests.ts";
import { ROOT } from "../../tools/paths.ts";
import { runProgram } from "../../tools/programs/runProgram.ts";
import { findTool } from "../../tools/programs/toolbox.ts";
import { ATTEMPT_HEADER, CALL_HEADER, PLAIN_POLICY } from "../domain/setup/policies.ts";
import type { Policy, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import type { Context, Handler } from "../handlers/interface.ts";
import { GO_HANDLERS } from "./goHandlers.ts";
import { LANGUAGES, LANGUAGE_WORDS, type Language, type ServerPlace } from "./program.ts";
import { PYTHON_HANDLERS } from "./pythonHandlers.ts";
import { requesterProgram, responderProgram } from "./writeProgram.ts";

const tools = new Map(
  await Promise.all(LANGUAGES.map(async (language) => [language, await findTool(language)] as const)),
);
for (const [language, tool] of tools) {
  if (!tool.found)
    console.warn(`SKIPPED: programs in ${LANGUAGE_WORDS[language]} are not run, because ${tool.why}`);
}

let server: NatsServer;
let nats: NatsConnection;
let place: ServerPlace;
beforeAll(async () => {
  server = await serverForTests();
  await server.start();
  nats = await connect({ servers: server.clientUrl });
  place = { url: server.clientUrl, credentials: "none" };
}, 60_000);
afterAll(async () => {
  await nats.close();
  await server.stop();
});

let runs = 0;

const setupWith = (policy: Partial<Policy>, more: Partial<RequesterSetup> = {}): RequesterSetup => ({
  name: "client-1",
  subject: "asked",
  payload: { format: "json", template: '{ "n": {{n}} }' },
  headers: [],
  timeoutMs: 400,
  policy: { ...PLAIN_POLICY, ...policy },
  ...more,
});

/** Nobody is there: who gets there has not heeded NATS_URL. */
const NOWHERE: ServerPlace = { url: "nats://127.0.0.1:1", credentials: "none" };

/** Commands say by their exit status, as commands do, that there is no reply. */
const withoutReply = (language: Language): number => (language === "cli" ? 1 : 0);

const QUICK_RETRY = {
  timeouts: "same",
  backoff: "fixed",
  firstDelayMs: 30,
  maxDelayMs: 30,
  jitter: "none",
} as const;

/** How long the first call took, as its program says. */
const msOf = (output: string): number => Number(/ after ([\d.]+) ms/.exec(output)?.[1]);

/** Runs a requester's program to its end, and gives what it printed. `answer` has every request. */
async function ran(
  language: Language,
  { subject, ...more }: RequesterSetup,
  answer: ((request: Msg, number: number) => void) | null,
  { args = [] as readonly string[], status = 0, by = place } = {},
): Promise<string> {
  const tool = tools.get(language);
  if (!tool?.found) throw new Error("it should have been skipped");
  let number = 0;
  // Programs run beside each other: each has a subject of its own.
  const setup = { ...more, subject: `${subject}.${++runs}` };
  const subscription =
    answer && nats.subscribe(setup.subject, { callback: (_, message) => answer(message, ++number) });
  await nats.flush();
  const env = by === place ? {} : { NATS_URL: place.url };
  const written = requesterProgram(language, setup, by);
  const program = await runProgram(language, tool.command, written, args, env);
  try {
    expect(await program.ended, program.output()).toBe(status);
    return program.output();
  } finally {
    await program.stop();
    subscription?.unsubscribe();
  }
}

describe.concurrent.each(LANGUAGES)("%s", { timeout: 60_000 }, (language) => {
  const absent = tools.get(language)?.found !== true;

  it
    .skipIf(absent)
    .each([
      'it\'s "quoted" \\ `back` ${x} $HOME $(id) %s {{x}} {{Count}} ü \u{1f600}',
      "@/etc/hostname",
      "-1",
      "--help",
      "two\nlines\r\n\tand a tab",
      "",
    ])("sends the payload %j and a header with the same in it, byte for byte", async (text) => {
    const value = text.replace(/\p{Cc}+/gu, " ").trim();
    const setup = setupWith(
      {},
      {
        payload: { format: "text", template: text },
        headers: value === "" ? [] : [{ name: "X-Same", value }],
      },
    );
    const seen: Msg[] = [];
    await ran(language, setup, (request) => {
      seen.push(request);
      request.respond("thanks");
    });
    expect(seen.map((message) => message.string())).toEqual([text]);
    if (value !== "") expect(seen[0]?.headers?.get("X-Same")).toBe(value);
  });

  it.skipIf(absent)("sends a payload of bytes, byte for byte", async () => {
    // A shell's argument cannot hold the byte 0.
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, ...(language === "cli" ? [] : [0]), 0x80);
    const template = Buffer.from(bytes).toString("base64");
    const seen: Uint8Array[] = [];
    await ran(language, setupWith({}, { payload: { format: "base64", template } }), (request) => {
      seen.push(Uint8Array.from(request.data));
      request.respond("thanks");
    });
    expect(seen).toEqual([bytes]);
  });

  it.skipIf(absent)("tries again, and tells the attempts of one call by a header", async () => {
    const retry = {
      attempts: 4,
      timeouts: "same",
      backoff: "exponential",
      firstDelayMs: 50,
      maxDelayMs: 200,
      jitter: "none",
    } as const;
    const names: (string | undefined)[] = [];
    const attempts: (string | undefined)[] = [];
    const output = await ran(language, setupWith({ retry, callHeader: CALL_HEADER }), (request, number) => {
      names.push(request.headers?.get(CALL_HEADER));
      attempts.push(request.headers?.get(ATTEMPT_HEADER));
      if (number === 3) request.respond("at last");
    });
    expect(names).toHaveLength(3);
    expect(names[0]).toMatch(/./);
    expect(new Set(names).size).toBe(1);
    expect(attempts).toEqual(["1", "2", "3"]);
    expect(output).toContain("at last");
    // Two timeouts and the waits after them: the time is that of the whole call.
    if (language !== "cli") expect(msOf(output)).toBeGreaterThanOrEqual(400 + 50 + 400 + 100);
  });

  it.skipIf(absent)("tries again only after what its policy calls a failure", async () => {
    const retry = { ...QUICK_RETRY, attempts: 3 };
    let seen = 0;
    const answer = (request: Msg): void => {
      request.respond(++seen === 2 ? '{"error":null}' : '{ "error": "no" }');
    };
    const status = withoutReply(language);
    const once = await ran(language, setupWith({ retry, on: ["timedOut"] }), answer, { status });
    expect(once).toContain('{ "error": "no" }');
    expect(seen).toBe(1);
    seen = 0;
    const twice = await ran(language, setupWith({ retry, on: ["errorReply"] }), answer);
    expect(twice).toContain('{"error":null}');
    expect(seen).toBe(2);
  });

  it.skipIf(absent)("knows an error by its header, and an empty reply for a reply", async () => {
    const retry = { ...QUICK_RETRY, attempts: 3 };
    let seen = 0;
    await ran(language, setupWith({ retry, on: ["errorReply", "timedOut"] }), (request) => {
      const failed = headers();
      failed.set("Nats-Service-Error-Code", "500");
      if (++seen < 3) request.respond("no JSON", { headers: failed });
      else request.respond("");
    });
    expect(seen).toBe(3);
  });

  it.skipIf(absent)("says so when every attempt failed", async () => {
    const retry = { ...QUICK_RETRY, attempts: 2 };
    const setup = setupWith({ retry }, { timeoutMs: 100 });
    let seen = 0;
    const output = await ran(language, setup, () => seen++, { status: withoutReply(language) });
    expect(output).toContain("timed out");
    expect(seen).toBe(2);
  });

  it.skipIf(absent)("goes where NATS_URL says, and bears a name that begins with a dash", async () => {
    const setup = setupWith({}, { name: "--help -1" });
    let seen = 0;
    const output = await ran(
      language,
      setup,
      (request) => {
        seen++;
        request.respond("here");
      },
      { by: NOWHERE },
    );
    expect(output).toContain("here");
    expect(seen).toBe(1);
  });

  it.skipIf(absent)("falls back", async () => {
    const fallback = { format: "text", text: "it's the 'spare' reply" } as const;
    const retry = { ...QUICK_RETRY, attempts: 2 };
    const output = await ran(language, setupWith({ fallback, retry }), null);
    expect(output).toContain(fallback.text);
    if (language !== "cli") expect(msOf(output)).toBeGreaterThanOrEqual(QUICK_RETRY.firstDelayMs);
  });

  it.skipIf(absent)("gathers many replies", async () => {
    const gather = { count: 3, forMs: 3000, gapMs: null, sentinel: false };
    const output = await ran(language, setupWith({ gather }), (request) => {
      for (const each of ["one", "two", "three"]) request.respond(each);
    });
    for (const each of ["one", "two", "three"]) expect(output).toContain(each);
  });

  // A breaker would begin anew with each command.
  it.skipIf(language === "cli" || absent)("stops sending while its breaker is open", async () => {
    let seen = 0;
    const setup = setupWith({ breaker: { failures: 2, openMs: 60_000 } }, { timeoutMs: 100 });
    const output = await ran(language, setup, () => seen++, { args: ["5"] });
    expect(seen).toBe(2);
    expect(output.match(/timed out/g)).toHaveLength(2);
    expect(output.match(/short-circuited/g)).toHaveLength(3);
  });

  it.skipIf(absent)("says that nobody subscribes", async () => {
    const status = withoutReply(language);
    expect(await ran(language, setupWith({}), null, { status })).toMatch(/no responders/i);
  });

  it.skipIf(absent)("answers by a handler of somebody's own, or stands in for it", async ({ expect }) => {
    const tool = tools.get(language);
    if (!tool?.found) return;
    const responder: ResponderSetup = {
      name: '-the "first" responder',
      subject: `served.${language}`,
      queue: "-users",
      handler: { kind: "code", title: "mine", source: "" },
      delay: { kind: "uniform", minMs: 1, maxMs: 2 },
      handling: "concurrent",
      errorShare: 0,
      dropShare: 0,
    };
    // Python and Go say what they were asked; the others run the very source.
    const source = `const GREETING = "hello \${x}".length;
export default async (request, { log }) => {
  log("was", "asked");
  if (request.text === "bytes") return request.data.map((byte) => byte | 0x80);
  if (request.text === "map") return { of: new Map() };
  return { stand_in_for: GREETING, request: request.json() };
};
`;
    const written = responderProgram(language, responder, NOWHERE, { builtin: null, source });
    const program = await runProgram(language, tool.command, written, [], { NATS_URL: place.url });
    const runsIt = language === "typescript" || language === "cli";
    try {
      await expect
        .poll(
          async () => {
            try {
              const reply = await nats.request(responder.subject, '{"user_id":7}', { timeout: 2000 });
              return reply.json();
            } catch {
              return program.output();
            }
          },
          { timeout: 20_000 },
        )
        .toEqual({
          stand_in_for: runsIt ? 10 : responder.name,
          request: { user_id: 7 },
        });
      // What it logs is seen by who runs it, and is no part of the reply.
      if (runsIt) {
        await expect.poll(() => program.output()).toContain("was asked");
        const bytes = await nats.request(responder.subject, "bytes", { timeout: 2000 });
        expect(Buffer.from(bytes.data).toString("hex")).toBe("e2f9f4e5f3");
        const map = await nats.request(responder.subject, "map", { timeout: 2000 });
        expect(map.json()).toEqual({ error: "of is what JSON has no form for" });
      }
    } finally {
      await program.stop();
    }
  });
});

/** Requests for each handler that is written in other languages too: what it usually gets, and what is wrong with that. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  echo: ["hello", "{}"],
  failing: ["{}"],
  "user-lookup": [
    '{"user_id":12345}',
    "{}",
    '{"user_id":"anna"}',
    '{"user_id":null}',
    '{"user_id":1.0}',
    '{"user_id":1e3}',
    '{"user_id":-0.05e1}',
    '{"user_id":1e21}',
    '{"user_id":12345678901234567890}',
    '{"user_id":"a\\u00e9\\"\\\\<b>\\n"}',
    '{"user_id":true}',
    '{"user_id":["a",null,[1.0]]}',
    '{"user_id":{"a":1.50}}',
    '{"USER_ID":1}',
    "5",
    "[]",
    "null",
    "NaN",
    "no json",
  ],
  "user-validating": [
    '{"user_id":42}',
    "{}",
    '{"user_id":-5}',
    '{"user_id":"abc"}',
    '{"user_id":1001}',
    '{"user_id":4.2e1}',
    '{"user_id":1.0}',
    '{"user_id":1.5}',
    '{"user_id":1e20}',
    '{"user_id":true}',
    "[1]",
    "no json",
  ],
  "auth-login": [
    '{"username":"admin","password":"password123"}',
    '{"username":"admin","password":"x"}',
    '{"username":"nobody"}',
    '{"username":"toString"}',
    "{}",
    "5",
    "null",
  ],
  "auth-verify": [
    '{"token":"admin.845e5df9"}',
    '{"token":"admin.x"}',
    '{"token":"admin"}',
    '{"token":1.0}',
    "{}",
    "[]",
    "null",
  ],
  "db-query": [
    '{"table":"orders","where":{"user_id":1}}',
    '{"table":"users"}',
    '{"table":"x"}',
    '{"table":"ü"}',
    '{"table":{"a":[1.0,2]}}',
    "{}",
    "7",
    '{"table":"users","where":{"id":1.0}}',
    '{"table":"users","where":{"id":true}}',
    '{"table":"users","where":{"age":null}}',
    '{"table":"users","where":null}',
    '{"table":"users","where":{"name":"Ada","id":2}}',
  ],
  payment: [
    '{"amount":5}',
    '{"amount":-1}',
    '{"amount":2.5}',
    '{"amount":2.5}',
    '{"amount":0.1}',
    '{"amount":1e6}',
    '{"amount":true}',
    '{"amount":"5"}',
    "{}",
    "5",
  ],
};

const ofBytes = (latin1: string): string => Buffer.from(latin1, "latin1").toString("utf8");

/** To the letter, but in no order: Go writes the members of a map in an order of its own. */
const unordered = (text: string): string => `${[...text].toSorted().join("")} in ${text.length}`;

describe("built-in handlers", { timeout: 60_000 }, () => {
  it("are all told of that other languages have", () => {
    expect([...PYTHON_HANDLERS.keys()].toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
    expect([...GO_HANDLERS.keys()].toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
  });

  describe.concurrent.each(LANGUAGES)("%s", (language) => {
    const absent = tools.get(language)?.found !== true;
    it.skipIf(absent).for(Object.keys(REQUESTS))("%s answers as in the page", async (id, { expect }) => {
      const tool = tools.get(language);
      if (!tool?.found) return;
      const source = await readFile(join(ROOT, "src", "handlers", `${id}.js`), "utf8");
      const responder: ResponderSetup = {
        name: "responder-1",
        subject: `builtin.${language}.${id}`,
        queue: null,
        handler: { kind: "builtin", id },
        delay: { kind: "none" },
        handling: "oneAtATime",
        errorShare: 0,
        dropShare: 0,
      };
      const { default: handler } = (await import(`../handlers/${id}.js`)) as { default: Handler }; // each file has one
      const state = {};
      /** What the page sends; null for an error, whose words are each language's own. */
      const inPage = (text: string): string | null => {
        const context = { name: "responder-1", state, log: () => {} };
        try {
          const data = new TextEncoder().encode(text);
          const request = {
            subject: responder.subject,
            text,
            data,
            headers: {},
            json: () => JSON.parse(text),
          };
          // These handlers use no more of their context than that.
          const reply = handler(request, context as unknown as Context);
          if (reply instanceof Uint8Array) return Buffer.from(reply).toString("utf8");
          return typeof reply === "string" ? reply : JSON.stringify(reply);
        } catch {
          return null;
        }
      };
      const answered = async (request: string | Uint8Array): Promise<string> => {
        try {
          const reply = await nats.request(responder.subject, request, { timeout: 2000 });
          // Each byte as a character, so that nothing is lost.
          return Buffer.from(reply.data).toString("latin1");
        } catch (error) {
          return `${String(error)} ${program.output()}`;
        }
      };
      const program = await runProgram(
        language,
        tool.command,
        responderProgram(language, responder, place, { builtin: id, source }),
      );
      try {
        for (const text of REQUESTS[id] ?? []) {
          const expected = inPage(text);
          const reply = (): Promise<string> => answered(text).then(ofBytes);
          if (id === "payment" && language === "cli") {
            // It is a new process each time, and remembers no payments.
            await expect.poll(reply, { timeout: 20_000 }).toMatch(/^\{.*\}$/);
          } else if (expected === null) {
            await expect.poll(reply, { timeout: 20_000 }).toMatch(/^\{"error":\s?".+"\}$/s);
          } else {
            await expect
              .poll(async () => unordered(await reply()), { timeout: 20_000 })
              .toBe(unordered(expected));
          }
        }
        if (id === "echo") {
          // Which are no UTF-8.
          expect(await answered(Uint8Array.of(0xef, 0xbb, 0xbf, 0x41, 0xff, 0, 0x80))).toBe(
            "\xef\xbb\xbfA\xff\0\x80",
          );
        }
      } finally {
        await program.stop();
      }
    });
  });
});
