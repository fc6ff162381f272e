import type { RequesterSetup } from "../domain/setup/setup.ts";
import { programText, type Part } from "./layout.ts";
import { commentLines, fileNameOf, javaScriptLiteral as literal } from "./literals.ts";
import { needsOf, payloadExpression } from "./payloads.ts";
import type { Program, ServerPlace } from "./program.ts";
import { policyParts, policyWords } from "./policyParts.ts";
import { connection, typescriptRun } from "./typescriptConnection.ts";
import { typescriptAttempt, typescriptCall } from "./typescriptPolicy.ts";

/** A requester in TypeScript, for Node. */
export function typescriptRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const fileName = `${fileNameOf(setup.name)}.mts`;
  const { breaker, callHeader, gather } = policyParts(setup.policy);
  const policy = policyWords(setup.policy);
  const imported = [
    "connect",
    gather === null ? "errors" : "createInbox",
    ...(setup.headers.length > 0 || callHeader !== null ? ["headers"] : []),
    "type Msg",
  ];
  const text = programText(
    [
      ...commentLines("//", `${setup.name} asks ${setup.subject} and prints what comes back.`),
      ...(policy === "" ? [] : commentLines("//", policy)),
      `// Once, or as many times as its argument says: npx tsx ${fileName} 10`,
    ],
    [`import { ${imported.join(", ")} } from "@nats-io/transport-node";`],
    [
      `const SUBJECT = ${literal(setup.subject)};`,
      ...(gather === null ? [`const TIMEOUT_MS = ${setup.timeoutMs};`] : []),
    ],
    payloadPart(setup),
    connection(setup.name, server),
    typescriptAttempt(setup),
    ...typescriptCall(setup),
    IS_ERROR,
    gather === null ? WHY_NOT : [],
    [
      "const count = Number(process.argv[2] ?? 1);",
      ...(breaker === null ? AT_ONCE : IN_TURN),
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

const SHOWN = "console.log(`${at + 1}: ${kind} after ${ms.toFixed(1)} ms ${text}`.trimEnd());";

const AT_ONCE: Part = [
  "await Promise.all(",
  "  Array.from({ length: count }, async (_, at) => {",
  "    const { kind, text, ms } = await call(at + 1);",
  `    ${SHOWN}`,
  "  }),",
  ");",
];

/** One after the other: else all would be sent before the breaker has seen the first. */
const IN_TURN: Part = [
  "for (let at = 0; at < count; at++) {",
  "  const { kind, text, ms } = await call(at + 1);",
  `  ${SHOWN}`,
  "}",
];

const IS_ERROR: Part = [
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
];

const WHY_NOT: Part = [
  "/** Nobody subscribes to the subject: the server says so at once. Somebody does, but did not answer in time: a timeout. */",
  "function whyNot(error: unknown): string {",
  "  const { cause } = error as Error;",
  "  const is = (kind: new (...given: never[]) => Error): boolean => error instanceof kind || cause instanceof kind;",
  '  if (is(errors.NoRespondersError)) return "no responders";',
  '  if (is(errors.TimeoutError)) return "timed out";',
  '  if (is(errors.ClosedConnectionError) || is(errors.ConnectionError)) return "connection lost";',
  "  return `failed (${String(error)})`;",
  "}",
];
