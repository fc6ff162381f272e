import { connect, type Msg, type NatsConnection } from "@nats-io/transport-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NatsServer } from "../../tools/nats/natsServer.ts";
import { serverForTests } from "../../tools/nats/serverForTests.ts";
import { runProgram } from "../../tools/programs/runProgram.ts";
import { findTool } from "../../tools/programs/toolbox.ts";
import { CALL_HEADER, PLAIN_POLICY } from "../domain/policies.ts";
import type { Policy, RequesterSetup, ResponderSetup } from "../domain/setup.ts";
import { LANGUAGES, LANGUAGE_WORDS, type Language, type ServerPlace } from "./program.ts";
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

  it.skipIf(absent)("answers with what the built-in handlers answer", async () => {
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
