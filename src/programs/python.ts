import type { Delay, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { writeBytes } from "../domain/messages/payloadBytes.ts";
import { DIALECTS } from "./dialects.ts";
import { payloadBytes, payloadExpression, requesterHoles, responderHoles } from "./holes.ts";
import { attemptArguments, attemptTimeout, policyParts, waitExpression } from "./policyParts.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import requester from "./python/requester.py?raw";
import responder from "./python/responder.py?raw";
import { PYTHON_HANDLERS } from "./pythonHandlers.ts";
import { standInWords } from "./roleWords.ts";
import { code, fillTemplate } from "./template.ts";

const dialect = DIALECTS.python;
const { literal } = dialect;

const run = (fileName: string): readonly string[] => ["pip install nats-py", `python ${fileName}`];

/** Null stays null. */
const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1000);

/** A requester in Python. */
export function pythonRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const holes = requesterHoles(setup, server, ".py");
  const { retry, failures } = policyParts(setup.policy);
  const { callHeader, sends, gather, breaker, fileName } = holes;
  const wait =
    (retry &&
      waitExpression(retry, {
        doubled: "2 ** (attempt - 2)",
        min: (a, b) => `min(${a}, ${b})`,
        max: (a, b) => `max(${a}, ${b})`,
        random: "random.random()",
      })) ??
    "0";
  const entries = [
    ...setup.headers.map(({ name, value }) => `${literal(name)}: ${literal(value)}`),
    ...(callHeader === null
      ? []
      : [`${literal(callHeader)}: name`, `${literal(holes.attemptHeader)}: str(number)`]),
  ];
  const options = [
    gather ? "reply=inbox" : `timeout=${timeoutOf(setup)}`,
    // nats-py sends no headers with an inbox for each request.
    ...(holes.ownInbox && !gather && !sends ? ["old_style=True"] : []),
    ...(sends ? ["headers=headers"] : []),
  ];
  const first = attemptArguments(["nc", "body"], "1", setup.policy);
  const next = attemptArguments(["nc", "body"], "number", setup.policy);
  const text = fillTemplate(dialect, requester, {
    ...holes,
    drawsLots: holes.random || wait.includes("random."),
    uuid: holes.uuid || callHeader !== null,
    payload: code(payloadOf(setup)),
    timeoutS: seconds(holes.timeoutMs),
    forS: seconds(holes.forMs),
    gapS: seconds(holes.gapMs),
    openS: seconds(holes.openMs),
    afterLast: holes.attempts === null ? null : holes.attempts + 1,
    headers: code(entries.join(", ")),
    options: code(options.join(", ")),
    parameters: code(next),
    firstArguments: code(first),
    nextArguments: code(next),
    failures: code(failures.map((each) => `${literal(each)},`).join(" ")),
    isReplaced: code(`last[0] in FAILURES${breaker ? ' or last[0] == "short-circuited"' : ""}`),
    wait: code(wait),
  });
  const names = setup.headers.map(({ name }) => name);
  const twice = names.some((name, index) => names.indexOf(name) !== index);
  const differences = twice ? ["nats-py sends each header once: of a repeated one, the last."] : [];
  return { language: "python", fileName, text, run: run(fileName), differences };
}

const timeoutOf = (setup: RequesterSetup): string =>
  attemptTimeout(setup, "TIMEOUT_S", {
    doubled: "TIMEOUT_S * 2 ** (number - 1)",
    atMost: (expression, ms) => `min(${ms / 1000}, ${expression})`,
  });

function payloadOf(setup: RequesterSetup): string {
  const bytes = payloadBytes(setup);
  if (bytes !== null) return `bytes.fromhex(${literal(writeBytes("hex", bytes))})`;
  return payloadExpression(setup.payload.template, literal, (placeholder) => {
    switch (placeholder.kind) {
      case "n":
        return "str(n)";
      case "random":
        return `str(random.randint(${placeholder.min}, ${placeholder.max}))`;
      case "uuid":
        return "str(uuid.uuid4())";
    }
  });
}

/** A responder in Python: what a built-in handler does, or a stand-in for a handler that is JavaScript. */
export function pythonResponder(setup: ResponderSetup, server: ServerPlace, handler: HandlerSource): Program {
  const holes = responderHoles(setup, server, ".py");
  const known = PYTHON_HANDLERS.get(handler.builtin ?? "");
  const text = known ?? "";
  const uses = (name: string): boolean => text.includes(`${name}(`);
  const { delay, name } = setup;
  const { fileName } = holes;
  return {
    language: "python",
    fileName,
    text: fillTemplate(dialect, responder, {
      ...holes,
      handler: code(text.trim()),
      standsIn: known === undefined,
      standIn: standInWords(name),
      source: handler.source.trim(),
      exponential: delay.kind === "exponential",
      delay: delay.kind === "none" ? null : code(delaySeconds(delay)),
      readsJson: uses("read_json") || uses("fields_of"),
      readsFields: uses("fields_of"),
      writesText: uses("shown"),
    }),
    run: run(fileName),
    differences: known === undefined ? [standInWords(name)] : [],
  };
}

/** In seconds, as an expression. */
function delaySeconds(delay: Exclude<Delay, { kind: "none" }>): string {
  switch (delay.kind) {
    case "fixed":
      return String(delay.ms / 1000);
    case "uniform":
      return `random.uniform(${delay.minMs / 1000}, ${delay.maxMs / 1000})`;
    case "normal":
      return `max(0, random.gauss(${delay.meanMs / 1000}, ${delay.deviationMs / 1000}))`;
    case "exponential":
      return `-${delay.meanMs / 1000} * math.log(1 - random.random())`;
  }
}
