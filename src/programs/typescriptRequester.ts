import type { RequesterSetup } from "../domain/setup.ts";
import { programText, type Part } from "./layout.ts";
import { commentLines, fileNameOf, javaScriptLiteral as literal } from "./literals.ts";
import { needsOf, payloadExpression } from "./payloads.ts";
import type { Program, ServerPlace } from "./program.ts";
import { connection, typescriptRun } from "./typescriptConnection.ts";

/** A requester in TypeScript, for Node. */
export function typescriptRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const fileName = `${fileNameOf(setup.name)}.mts`;
  const text = programText(
    [
      ...commentLines("//", `${setup.name} asks ${setup.subject} and prints what comes back.`),
      `// Once, or as many times at once as its argument says: npx tsx ${fileName} 10`,
    ],
    [
      `import { connect, ${setup.headers.length > 0 ? "headers, " : ""}type Msg } from "@nats-io/transport-node";`,
    ],
    [`const SUBJECT = ${literal(setup.subject)};`, `const TIMEOUT_MS = ${setup.timeoutMs};`],
    payloadPart(setup),
    connection(setup.name, server),
    headersPart(setup),
    [
      "/** One request: what became of it, and the reply or the reason. */",
      "async function attempt(body: string, timeoutMs: number): Promise<Outcome> {",
      "  const startedAt = performance.now();",
      "  const ended = (kind: string, text: string): Outcome => ({ kind, text, ms: performance.now() - startedAt });",
      "  try {",
      `    const reply = await nc.request(SUBJECT, body, { timeout: timeoutMs${setup.inbox === "perRequest" ? ", noMux: true" : ""}${setup.headers.length > 0 ? ", headers: sent" : ""} });`,
      '    return ended(isError(reply) ? "error reply" : "replied", reply.string());',
      "  } catch (error) {",
      '    return ended(whyNot(error), "");',
      "  }",
      "}",
      "",
      "interface Outcome {",
      "  readonly kind: string;",
      "  readonly text: string;",
      "  readonly ms: number;",
      "}",
    ],
    ["const call = (n: number): Promise<Outcome> => attempt(payload(n), TIMEOUT_MS);"],
    OUTCOMES,
    [
      "const count = Number(process.argv[2] ?? 1);",
      "await Promise.all(",
      "  Array.from({ length: count }, async (_, at) => {",
      "    const { kind, text, ms } = await call(at + 1);",
      "    console.log(`${at + 1}: ${kind} after ${ms.toFixed(1)} ms ${text}`.trimEnd());",
      "  }),",
      ");",
      "await nc.close();",
    ],
  );
  return { language: "typescript", fileName, text, run: typescriptRun(fileName), differences: [] };
}

function payloadPart({ payload: { template } }: RequesterSetup): Part {
  const { n, random, uuid } = needsOf(template);
  const expression = payloadExpression(template, {
    literal,
    placeholder(placeholder) {
      switch (placeholder.kind) {
        case "n":
          return "n";
        case "random":
          return `random(${placeholder.min}, ${placeholder.max})`;
        case "uuid":
          return "crypto.randomUUID()";
      }
    },
  });
  // A lone number would be no text.
  const text = n || random || uuid ? `"" + ${expression}` : expression;
  return [
    `/** The payload of call number n. */`,
    `const payload = (${n ? "n" : "_n"}: number): string => ${text.replace(/^"" \+ (?=['"])/, "")};`,
    ...(random
      ? [
          "const random = (min: number, max: number): number =>",
          "  min + Math.floor(Math.random() * (max - min + 1));",
        ]
      : []),
  ];
}

function headersPart({ headers }: RequesterSetup): Part {
  if (headers.length === 0) return [];
  return [
    "const sent = headers();",
    ...headers.map(({ name, value }) => `sent.append(${literal(name)}, ${literal(value)});`),
  ];
}

const OUTCOMES: Part = [
  "/** A reply that says it is an error, in its headers or in its JSON. */",
  "function isError(reply: Msg): boolean {",
  '  if (reply.headers?.has("Nats-Service-Error-Code")) return true;',
  "  try {",
  "    const said: unknown = reply.json();",
  "    const { error = null } = Object(said) as { readonly error?: unknown };",
  "    return error !== null && error !== false;",
  "  } catch {",
  "    return false;",
  "  }",
  "}",
  "",
  "/** Nobody subscribes to the subject: the server says so at once. Somebody does, but did not answer in time: a timeout. */",
  "function whyNot(error: unknown): string {",
  "  const { name, cause } = error as Error;",
  "  const names = [name, (cause as Error | undefined)?.name];",
  '  if (names.includes("NoRespondersError")) return "no responders";',
  '  if (names.includes("TimeoutError")) return "timed out";',
  "  return `failed (${String(error)})`;",
  "}",
];
