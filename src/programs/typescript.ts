import { writeBytes } from "../domain/messages/payloadBytes.ts";
import type { Delay, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { DIALECTS } from "./dialects.ts";
import { handlerExpression, takesContext } from "./handlerSource.ts";
import { payloadBytes, payloadExpression, requesterHoles, responderHoles } from "./holes.ts";
import { attemptArguments, attemptTimeout, policyParts, waitExpression } from "./policyParts.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import { NO_SANDBOX } from "./roleWords.ts";
import { code, fillTemplate } from "./template.ts";
import requester from "./typescript/requester.mts?raw";
import responder from "./typescript/responder.mts?raw";

const dialect = DIALECTS.typescript;
const { literal } = dialect;

const run = (fileName: string): readonly string[] => [
  "npm install @nats-io/transport-node tsx",
  `npx tsx ${fileName}`,
];

/** A requester in TypeScript, for Node. */
export function typescriptRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const holes = requesterHoles(setup, server, ".mts");
  const { retry, failures } = policyParts(setup.policy);
  const { gather, sends, ownInbox, numbered, callHeader, breaker, counts, fileName } = holes;
  const wait =
    (retry &&
      waitExpression(retry, {
        doubled: "2 ** (attempt - 2)",
        min: (a, b) => `Math.min(${a}, ${b})`,
        max: (a, b) => `Math.max(${a}, ${b})`,
        random: "Math.random()",
      })) ??
    "0";
  const named = (name: string, within: string): string =>
    new RegExp(`\\b${name}\\b`).test(within) ? name : `_${name}`;
  const options = [
    ...(gather ? ["reply: inbox"] : [`timeout: ${timeoutOf(setup)}`, ...(ownInbox ? ["noMux: true"] : [])]),
    ...(sends ? ["headers: sent"] : []),
  ];
  const plainArguments = [
    "payload(n)",
    ...(numbered ? ["1"] : []),
    ...(callHeader === null ? [] : ["crypto.randomUUID()"]),
  ];
  const payloadType = holes.isBytes ? "Uint8Array" : "string";
  const text = fillTemplate(dialect, requester, {
    ...holes,
    imports: code([gather ? "createInbox" : "errors", ...(sends ? ["headers"] : []), "type Msg"].join(", ")),
    n: code(counts ? "n" : "_n"),
    payloadType: code(payloadType),
    payload: code(payloadOf(setup)),
    options: code(options.join(", ")),
    parameters: code(
      [
        `body: ${payloadType}`,
        ...(numbered ? ["number: number"] : []),
        ...(callHeader === null ? [] : ["name: string"]),
      ].join(", "),
    ),
    plainArguments: code(plainArguments.join(", ")),
    firstArguments: code(attemptArguments(["body"], "1", setup.policy)),
    nextArguments: code(attemptArguments(["body"], "number", setup.policy)),
    failures: code(failures.map(literal).join(", ")),
    isReplaced: code(`FAILURES.includes(last.kind)${breaker ? ' || last.kind === "short-circuited"' : ""}`),
    attempt: code(named("attempt", wait)),
    before: code(named("before", wait)),
    wait: code(wait),
  });
  return { language: "typescript", fileName, text, run: run(fileName), differences: [] };
}

const timeoutOf = (setup: RequesterSetup): string =>
  attemptTimeout(setup, "TIMEOUT_MS", {
    doubled: "TIMEOUT_MS * 2 ** (number - 1)",
    atMost: (expression, ms) => `Math.min(${ms}, ${expression})`,
  });

function payloadOf(setup: RequesterSetup): string {
  const bytes = payloadBytes(setup);
  if (bytes !== null) return `Buffer.from(${literal(writeBytes("base64", bytes))}, "base64")`;
  const expression = payloadExpression(setup.payload.template, literal, (placeholder) => {
    switch (placeholder.kind) {
      case "n":
        return "n";
      case "random":
        return `random(${placeholder.min}, ${placeholder.max})`;
      case "uuid":
        return "crypto.randomUUID()";
    }
  });
  // A number alone would be no text.
  return /^["']/.test(expression) ? expression : `"" + ${expression}`;
}

/** A responder in TypeScript, for Node. Its handler is the page's own. */
export function typescriptResponder(
  setup: ResponderSetup,
  server: ServerPlace,
  handler: HandlerSource,
): Program {
  const holes = responderHoles(setup, server, ".mts");
  const asks = takesContext(handler.source);
  const delay = delayExpression(setup.delay);
  const { fileName } = holes;
  const text = fillTemplate(dialect, responder, {
    ...holes,
    imports: code(asks ? "errors, headers" : "headers"),
    handler: code(handlerExpression(handler.source).join("\n")),
    asks,
    delay: delay === null ? null : code(delay),
  });
  return {
    language: "typescript",
    fileName,
    text,
    run: run(fileName),
    differences: handler.builtin === null ? [NO_SANDBOX] : [],
  };
}

/** In ms, as an expression; null for none. */
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
