import { delayWords } from "../domain/setup/delays.ts";
import type { ResponderSetup } from "../domain/setup/setup.ts";
import { cliConnection, cliCredentials, CLI_RUN } from "./cliConnection.ts";
import { handlerExpression, takesContext } from "./handlerSource.ts";
import { programText } from "./layout.ts";
import { commentLines, fileNameOf, shellLiteral as literal } from "./literals.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import { roleWords } from "./roleWords.ts";

/** Ends the handler's file: no line of a handler is likely to be this, and one that is gets a space. */
const END = "END_OF_HANDLER";

/** A responder as `nats reply`, which runs the page's own handler with Node for each request. */
export function cliResponder(setup: ResponderSetup, server: ServerPlace, handler: HandlerSource): Program {
  const name = fileNameOf(setup.name);
  const echo = handler.builtin === "echo";
  const file = `${name}-handler.mjs`;
  const text = programText(
    [...commentLines("#", roleWords(setup)), ...cliCredentials(server)],
    echo
      ? []
      : [
          "# The handler, exactly as it runs in the page. Node runs it for each request.",
          `cat > ${file} <<'${END}'`,
          ...handlerFile(setup.name, handler.source).map((line) => (line === END ? `${line} ` : line)),
          END,
        ],
    [
      [
        "nats reply",
        ...cliConnection(setup.name, server),
        `--queue ${setup.queue === null ? "''" : literal(setup.queue)}`,
        ...(echo ? ["--echo"] : [`--command ${literal(`node ${file}`)}`]),
        "--",
        literal(setup.subject),
      ].join(" \\\n  "),
    ],
  );
  return {
    language: "cli",
    fileName: `${name}.sh`,
    text,
    run: [...CLI_RUN, `sh ${name}.sh`],
    differences: differencesOf(setup, handler, echo),
  };
}

function handlerFile(name: string, source: string): string[] {
  const [first = "", ...rest] = handlerExpression(source);
  return [
    `const handler = ${first}`,
    ...rest,
    'const text = process.env.NATS_REQUEST_BODY ?? "";',
    "const request = {",
    '  subject: process.env.NATS_REQUEST_SUBJECT ?? "",',
    "  text,",
    "  headers: {},",
    "  json: () => JSON.parse(text),",
    "};",
    "const context = {",
    `  name: ${JSON.stringify(name)},`,
    "  state: {},",
    '  ask: () => Promise.reject(new Error("A command cannot ask other services")),',
    "  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),",
    "  random: Math.random,",
    "  log: console.error,",
    "};",
    "let reply;",
    "try {",
    "  reply = await handler(request, context);",
    "} catch (error) {",
    "  reply = { error: error instanceof Error ? error.message : String(error) };",
    "}",
    'process.stdout.write(typeof reply === "string" ? reply : (JSON.stringify(reply) ?? ""));',
  ];
}

function differencesOf(setup: ResponderSetup, { source }: HandlerSource, echo: boolean): string[] {
  const { delay, dropShare, errorShare, handling } = setup;
  return [
    ...(handling === "concurrent" ? ["nats reply handles one request at a time."] : []),
    ...(delay.kind === "none" ? [] : [`The delay, ${delayWords(delay)}, is left out.`]),
    ...(dropShare > 0 || errorShare > 0
      ? ["The shares of dropped requests and error replies are left out."]
      : []),
    ...(echo ? [] : ["An error reply says so in its JSON, not in headers."]),
    ...(!echo && takesContext(source)
      ? [
          "A handler that asks other services or keeps state between requests cannot do so here: it is a new process each time.",
        ]
      : []),
  ];
}
