import type { Delay, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { writeBytes } from "../domain/messages/payloadBytes.ts";
import { DIALECTS } from "./dialects.ts";
import requester from "./go/requester.go?raw";
import responder from "./go/responder.go?raw";
import { GO_HANDLERS } from "./goHandlers.ts";
import { payloadBytes, payloadExpression, requesterHoles, responderHoles } from "./holes.ts";
import { fileNameOf } from "./literals.ts";
import { attemptArguments, attemptTimeout, policyParts, waitExpression } from "./policyParts.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import { standInWords } from "./roleWords.ts";
import { code, fillTemplate, type Code } from "./template.ts";

const dialect = DIALECTS.go;
const { literal } = dialect;

/** A program is a module of its own, in the folder that it was saved in. */
const run = (name: string): readonly string[] => [
  `go mod init ${fileNameOf(name).replaceAll(/^[^A-Za-z]+/g, "") || "program"}`,
  "go get github.com/nats-io/nats.go@latest",
  "go run .",
];

function connectOptions(name: string, { credentials }: ServerPlace, ownInbox: boolean): Code {
  const options = [
    `nats.Name(${literal(name)})`,
    ...(credentials === "user" ? ['nats.UserInfo(os.Getenv("NATS_USER"), os.Getenv("NATS_PASSWORD"))'] : []),
    ...(ownInbox ? ["nats.UseOldRequestStyle()"] : []),
    ...(credentials === "token" ? ['nats.Token(os.Getenv("NATS_TOKEN"))'] : []),
  ];
  return code(options.join(", "));
}

/** A requester in Go. */
export function goRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const holes = requesterHoles(setup, server, ".go");
  const { retry, failures } = policyParts(setup.policy);
  const { callHeader, numbered, breaker, counts, fileName } = holes;
  const wait =
    (retry &&
      waitExpression(retry, {
        doubled: "math.Pow(2, float64(attempt-2))",
        min: (a, b) => `math.Min(${a}, ${b})`,
        max: (a, b) => `math.Max(${a}, ${b})`,
        random: "rand.Float64()",
      })?.replace(/math\.Min\(.*$/, (inside) => inside.replace(/ ([*+-]) /g, "$1"))) ??
    "0";
  const parameters = [
    "nc *nats.Conn, body string",
    ...(numbered ? ["number int"] : []),
    ...(callHeader === null ? [] : ["name string"]),
  ];
  const text = fillTemplate(dialect, requester, {
    ...holes,
    uuid: holes.uuid || callHeader !== null,
    usesMath: wait.includes("math."),
    drawsLots: holes.random || wait.includes("rand."),
    n: code(counts ? "n" : "_"),
    payload: code(payloadOf(setup)),
    parameters: code(parameters.join(", ")),
    firstArguments: code(attemptArguments(["nc", "body"], "1", setup.policy)),
    nextArguments: code(attemptArguments(["nc", "body"], "number", setup.policy)),
    timeout: code(timeoutOf(setup)),
    isFailure: code(failures.map((each) => `kind == ${literal(each)}`).join(" || ") || "false"),
    isReplaced: code(`isFailure(kind)${breaker ? " || kind == shortCircuited" : ""}`),
    wait: code(wait),
    connectOptions: connectOptions(setup.name, server, holes.ownInbox),
  });
  return { language: "go", fileName, text, run: run(setup.name), differences: [] };
}

const timeoutOf = (setup: RequesterSetup): string =>
  attemptTimeout(setup, "timeout", {
    doubled: "timeout<<(number-1)",
    atMost: (expression, ms) => `min(${expression}, ${ms}*time.Millisecond)`,
  });

function payloadOf(setup: RequesterSetup): string {
  const bytes = payloadBytes(setup);
  // A string of Go holds any bytes.
  if (bytes !== null) return `"${writeBytes("hex", bytes).replaceAll(/ ?([\da-f]{2})/g, "\\x$1")}"`;
  return payloadExpression(setup.payload.template, literal, (placeholder) => {
    switch (placeholder.kind) {
      case "n":
        return "strconv.Itoa(n)";
      case "random":
        return `strconv.FormatInt(${placeholder.min}+rand.Int64N(${placeholder.max - placeholder.min + 1}), 10)`;
      case "uuid":
        return "uuid()";
    }
  });
}

/** A responder in Go: what a built-in handler does, or a stand-in for a handler that is JavaScript. */
export function goResponder(setup: ResponderSetup, server: ServerPlace, handler: HandlerSource): Program {
  const holes = responderHoles(setup, server, ".go");
  const known = GO_HANDLERS.get(handler.builtin ?? "");
  const { imports, body } = takenApart(known ?? "");
  const uses = (name: string): boolean => body.includes(`${name}(`);
  const { delay, name } = setup;
  const filled = fillTemplate(dialect, responder, {
    ...holes,
    imports: code(imports.join("\n\t")),
    handler: code(body),
    standsIn: known === undefined,
    standIn: standInWords(name),
    source: handler.source.trim(),
    usesMath: delay.kind === "normal" || delay.kind === "exponential",
    delay: delay.kind === "none" ? null : code(delayExpression(delay)),
    readsFields: uses("fieldsOf"),
    writesText: uses("shown"),
    connectOptions: connectOptions(name, server, false),
  });
  return {
    language: "go",
    fileName: holes.fileName,
    text: tidyImports(filled),
    run: run(name),
    differences: known === undefined ? [standInWords(name)] : [],
  };
}

/** A handler's file without its package, its imports apart. */
function takenApart(source: string): { readonly imports: readonly string[]; readonly body: string } {
  const head = /^package main\n+(?:import (?:\(\n([^)]*)\)|("[^"]*"))\n)?/.exec(source);
  const imports = (head?.[1] ?? head?.[2] ?? "").split("\n").map((line) => line.trim());
  return {
    imports: imports.filter((line) => line !== ""),
    body: source.slice(head?.[0].length ?? 0).trim(),
  };
}

/** Each package once, in order, as gofmt has them. */
const tidyImports = (text: string): string =>
  text.replace(/(?<=\nimport \(\n)(?:\t.*\n)+/, (lines) =>
    [...new Set(lines.trimEnd().split("\n"))]
      .sort()
      .map((line) => `${line}\n`)
      .join(""),
  );

/** A time.Duration, as an expression. */
function delayExpression(delay: Exclude<Delay, { kind: "none" }>): string {
  const drawn = (ms: string): string => `time.Duration((${ms}) * float64(time.Millisecond))`;
  switch (delay.kind) {
    case "fixed":
      return Number.isInteger(delay.ms) ? `${delay.ms} * time.Millisecond` : drawn(String(delay.ms));
    case "uniform":
      return drawn(`${delay.minMs} + rand.Float64()*${delay.maxMs - delay.minMs}`);
    case "normal":
      return drawn(`math.Max(0, ${delay.meanMs}+${delay.deviationMs}*rand.NormFloat64())`);
    case "exponential":
      return drawn(`-${delay.meanMs} * math.Log(1-rand.Float64())`);
  }
}
