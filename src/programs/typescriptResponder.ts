import type { Delay, ResponderSetup } from "../domain/setup/setup.ts";
import { handlerExpression, takesContext } from "./handlerSource.ts";
import { programText, type Part } from "./layout.ts";
import { commentLines, fileNameOf, javaScriptLiteral as literal } from "./literals.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import { roleWords } from "./roleWords.ts";
import { connection, typescriptRun } from "./typescriptConnection.ts";

/** A responder in TypeScript, for Node. Its handler is the page's own. */
export function typescriptResponder(
  setup: ResponderSetup,
  server: ServerPlace,
  handler: HandlerSource,
): Program {
  const fileName = `${fileNameOf(setup.name)}.mts`;
  const asks = takesContext(handler.source);
  const [first = "", ...rest] = handlerExpression(handler.source);
  const text = programText(
    [
      "// @ts-nocheck: the handler is JavaScript, exactly as it runs in the page.",
      ...commentLines("//", roleWords(setup)),
    ],
    [`import { connect, ${asks ? "errors, " : ""}headers } from "@nats-io/transport-node";`],
    [`const SUBJECT = ${literal(setup.subject)};`],
    [
      "/** The handler. It is given the request and returns the reply. */",
      `const handler = ${first}`,
      ...closed(rest),
    ],
    connection(setup.name, server),
    asks ? contextPart(setup.name) : [],
    answerPart(setup, asks),
    [
      "// Text goes out as it is, nothing as nothing, anything else as JSON.",
      "const bytesOf = (value) =>",
      '  typeof value === "string" ? value : (JSON.stringify(value) ?? "");',
    ],
    delayPart(setup.delay),
    [
      `const subscription = nc.subscribe(SUBJECT${setup.queue === null ? "" : `, { queue: ${literal(setup.queue)} }`});`,
      ...commentLines("//", "Ctrl-C takes no new request and finishes what it holds."),
      'process.once("SIGINT", () => void nc.drain());',
      "await nc.flush();",
      "console.log(`answers on ${SUBJECT}`);",
      setup.handling === "oneAtATime"
        ? "for await (const message of subscription) await answer(message); // one at a time"
        : "for await (const message of subscription) void answer(message); // many at once",
    ],
  );
  return { language: "typescript", fileName, text, run: typescriptRun(fileName), differences: [] };
}

const closed = (lines: readonly string[]): string[] =>
  lines.map((line, at) => (at === lines.length - 1 ? `${line};` : line));

function answerPart(setup: ResponderSetup, asks: boolean): Part {
  const { delay, dropShare, errorShare } = setup;
  return [
    "async function answer(message) {",
    delay.kind === "none" ? null : "  await new Promise((resolve) => setTimeout(resolve, delayMs()));",
    dropShare === 0
      ? null
      : `  if (Math.random() < ${dropShare}) return; // Never answered: the requester waits in vain.`,
    "  try {",
    errorShare === 0
      ? null
      : `    if (Math.random() < ${errorShare}) throw new Error("A simulated failure");`,
    `    message.respond(bytesOf(await handler(requestOf(message)${asks ? ", context" : ""})));`,
    "  } catch (error) {",
    "    // Whoever asked is told what went wrong, and need not wait for a timeout.",
    "    const words = error instanceof Error ? error.message : String(error);",
    "    const said = headers();",
    '    said.set("Nats-Service-Error", words.replace(/\\p{Cc}+/gu, " ").slice(0, 256));',
    '    said.set("Nats-Service-Error-Code", "500");',
    "    message.respond(JSON.stringify({ error: words }), { headers: said });",
    "  }",
    "}",
    "",
    "const requestOf = (message) => ({",
    "  subject: message.subject,",
    "  text: message.string(),",
    "  headers: Object.fromEntries([...(message.headers ?? [])].map(([name, [first]]) => [name, first])),",
    "  json: () => message.json(),",
    "});",
  ];
}

const contextPart = (name: string): Part => [
  "/** What a handler may use besides the request. */",
  "const context = {",
  `  name: ${literal(name)},`,
  "  state: {}, // between requests",
  "  async ask(subject, payload, { timeoutMs = 1000, headers: given = {} } = {}) {",
  "    const sent = headers();",
  "    for (const [name, value] of Object.entries(given)) sent.append(name, `${value}`);",
  "    try {",
  "      return requestOf(",
  "        await nc.request(subject, bytesOf(payload), { timeout: timeoutMs, headers: sent }),",
  "      );",
  "    } catch (error) {",
  "      const is = (kind) => error instanceof kind || error.cause instanceof kind;",
  "      const outcome = is(errors.NoRespondersError)",
  '        ? "noResponders"',
  "        : is(errors.TimeoutError)",
  '          ? "timedOut"',
  '          : "connectionLost";',
  "      throw Object.assign(new Error(`${subject}: ${error.message}`), { outcome });",
  "    }",
  "  },",
  "  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),",
  "  random: Math.random,",
  "  log: console.log,",
  "};",
];

function delayPart(delay: Delay): Part {
  const drawn = delayExpression(delay);
  return drawn === null ? [] : ["/** The time that the work takes. */", `const delayMs = () => ${drawn};`];
}

function delayExpression(delay: Delay): string | null {
  switch (delay.kind) {
    case "none":
      return null;
    case "fixed":
      return String(delay.ms);
    case "uniform":
      return `${delay.minMs} + Math.random() * ${delay.maxMs - delay.minMs}`;
    case "normal":
      return `Math.max(0, ${delay.meanMs} + ${delay.deviationMs} * Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random()))`;
    case "exponential":
      return `-${delay.meanMs} * Math.log(1 - Math.random())`;
  }
}
