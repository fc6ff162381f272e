import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { connect, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NatsServer } from "../../tools/nats/natsServer.ts";
import { serverForTests } from "../../tools/nats/serverForTests.ts";
import { ROOT } from "../../tools/paths.ts";
import { runProgram } from "../../tools/programs/runProgram.ts";
import { findTool } from "../../tools/programs/toolbox.ts";
import { CALL_HEADER, PLAIN_POLICY } from "../domain/setup/policies.ts";
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

const setupWith = (policy: Partial<Policy>, more: Partial<RequesterSetup> = {}): RequesterSetup => ({
  name: "client-1",
  subject: "asked",
  payload: { format: "json", template: '{ "n": {{n}} }' },
  headers: [],
  timeoutMs: 400,
  policy: { ...PLAIN_POLICY, ...policy },
  ...more,
});

/** Runs a requester's program to its end, and gives what it printed. `answer` has every request. */
async function ran(
  language: Language,
  setup: RequesterSetup,
  answer: ((request: Msg, number: number) => void) | null,
  args: readonly string[] = [],
): Promise<string> {
  const tool = tools.get(language);
  if (!tool?.found) throw new Error("it should have been skipped");
  let number = 0;
  const subscription =
    answer && nats.subscribe(setup.subject, { callback: (_, message) => answer(message, ++number) });
  await nats.flush();
  const program = await runProgram(language, tool.command, requesterProgram(language, setup, place), args);
  try {
    expect(await program.ended, program.output()).toBe(0);
    return program.output();
  } finally {
    await program.stop();
    subscription?.unsubscribe();
  }
}

describe.each(LANGUAGES)("%s", { timeout: 60_000 }, (language) => {
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
    const output = await ran(language, setupWith({ retry, callHeader: CALL_HEADER }), (request, number) => {
      names.push(request.headers?.get(CALL_HEADER));
      if (number === 3) request.respond("at last");
    });
    expect(names).toHaveLength(3);
    expect(names[0]).toMatch(/./);
    expect(new Set(names).size).toBe(1);
    expect(output).toContain("at last");
  });

  it.skipIf(absent)("falls back", async () => {
    const fallback = { format: "text", text: "it's the 'spare' reply" } as const;
    const output = await ran(language, setupWith({ fallback }), null);
    expect(output).toContain(fallback.text);
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
    const output = await ran(language, setup, () => seen++, ["5"]);
    expect(seen).toBe(2);
    expect(output.match(/timed out/g)).toHaveLength(2);
    expect(output.match(/short-circuited/g)).toHaveLength(3);
  });

  it.skipIf(absent)("says that nobody subscribes", async () => {
    expect(await ran(language, setupWith({}), null)).toMatch(/no responders/i);
  });

  it.skipIf(absent)("answers by a handler of somebody's own, or stands in for it", async () => {
    const tool = tools.get(language);
    if (!tool?.found) return;
    const responder: ResponderSetup = {
      name: 'the "first" responder',
      subject: `served.${language}`,
      queue: "users",
      handler: { kind: "code", title: "mine", source: "" },
      delay: { kind: "uniform", minMs: 1, maxMs: 2 },
      handling: "concurrent",
      errorShare: 0,
      dropShare: 0,
    };
    // Python and Go say what they were asked; the others run the very source.
    const source = `const GREETING = "hello \${x}".length;\nexport default async (request) => ({ stand_in_for: GREETING, request: request.json() });\n`;
    const written = responderProgram(language, responder, place, { builtin: null, source });
    const program = await runProgram(language, tool.command, written);
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
          stand_in_for: language === "typescript" || language === "cli" ? 10 : responder.name,
          request: { user_id: 7 },
        });
    } finally {
      await program.stop();
    }
  });
});

/** Requests for each handler that is written in other languages too: what it usually gets, and what is wrong with that. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  echo: ["hello", "{}"],
  failing: ["{}"],
  "user-lookup": ['{"user_id":12345}', "{}", '{"user_id":"anna"}', '{"user_id":null}'],
  "user-validating": [
    '{"user_id":42}',
    "{}",
    '{"user_id":-5}',
    '{"user_id":"abc"}',
    '{"user_id":1001}',
    "[1]",
    "no json",
  ],
  "auth-login": [
    '{"username":"admin","password":"password123"}',
    '{"username":"admin","password":"x"}',
    '{"username":"nobody"}',
    "{}",
  ],
  "auth-verify": ['{"token":"admin.845e5df9"}', '{"token":"admin.x"}', '{"token":"admin"}', "{}"],
  "db-query": [
    '{"table":"orders","where":{"user_id":1}}',
    '{"table":"users"}',
    '{"table":"x"}',
    '{"table":"users","where":{"name":"Ada","id":2}}',
  ],
  payment: ['{"amount":5}', '{"amount":-1}', '{"amount":2.5}', '{"amount":"5"}', "{}"],
};

describe("built-in handlers", { timeout: 60_000 }, () => {
  it("are all told of that other languages have", () => {
    expect(Object.keys(PYTHON_HANDLERS).toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
    expect(Object.keys(GO_HANDLERS).toSorted()).toEqual(Object.keys(REQUESTS).toSorted());
  });

  describe.each(LANGUAGES)("%s", (language) => {
    const absent = tools.get(language)?.found !== true;
    it.skipIf(absent).each(Object.keys(REQUESTS))("%s answers as in the page", async (id) => {
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
      const inPage = (text: string): unknown => {
        const context = { name: "responder-1", state, log: () => {} };
        try {
          const request = { subject: responder.subject, text, headers: {}, json: () => JSON.parse(text) };
          // These handlers use no more of their context than that.
          return JSON.parse(JSON.stringify(handler(request, context as unknown as Context)));
        } catch {
          return { error: expect.any(String) };
        }
      };
      const program = await runProgram(
        language,
        tool.command,
        responderProgram(language, responder, place, { builtin: id, source }),
      );
      try {
        for (const text of REQUESTS[id] ?? []) {
          const expected = id === "payment" && language === "cli" ? expect.anything() : inPage(text);
          const answered = async (): Promise<unknown> => {
            try {
              const reply = await nats.request(responder.subject, text, { timeout: 2000 });
              return id === "echo" ? reply.string() : reply.json();
            } catch (error) {
              return `${String(error)} ${program.output()}`;
            }
          };
          await expect.poll(answered, { timeout: 20_000 }).toEqual(expected);
        }
      } finally {
        await program.stop();
      }
    });
  });
});
