import { delayWords } from "../domain/setup/delays.ts";
import { formatMs } from "../domain/base/formats.ts";
import type { GatherPolicy, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import { renderTemplate, templatePieces } from "../domain/messages/templates.ts";
import { DIALECTS } from "./dialects.ts";
import { handlerExpression, takesContext } from "./handlerSource.ts";
import { payloadBytes, requesterHoles, responderHoles } from "./holes.ts";
import { fileNameOf } from "./literals.ts";
import handlerTemplate from "./nats/handler.mjs?raw";
import requester from "./nats/requester.sh?raw";
import responder from "./nats/responder.sh?raw";
import { plainWaits, policyParts, policyWords } from "./policyParts.ts";
import type { HandlerSource, Program, ServerPlace } from "./program.ts";
import { NO_SANDBOX } from "./roleWords.ts";
import { code, fillTemplate } from "./template.ts";

const dialect = DIALECTS.cli;

const run = (fileName: string): readonly string[] => [
  "go install github.com/nats-io/natscli/nats@latest",
  `sh ${fileName}`,
];

/** In the middle of what a random placeholder could be: one example, and the same each time. */
const MIDDLE = (): number => 0.5;

/** `nats` fills templates in headers whether asked to or not: braces that are meant are written so that it leaves them. */
const plainArgument = (value: string): string => value.replaceAll("{{", '{{"{{"}}');

/** A requester as one call with `nats request`. */
export function natsRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const holes = requesterHoles(setup, server, ".sh");
  const { template } = setup.payload;
  const bytes = payloadBytes(setup);
  const filled = bytes === null && templatePieces(template).some((piece) => typeof piece !== "string");
  const payload = bytes === null ? renderTemplate(template, 1, MIDDLE) : "";
  const { retry, breaker, gather, failures } = policyParts(setup.policy);
  const growing = retry?.timeouts === "exponential";
  const timeoutMs = gather?.forMs ?? setup.timeoutMs;
  const { fileName, callHeader, attemptHeader } = holes;
  const text = fillTemplate(dialect, requester, {
    ...holes,
    about: `${setup.name} asks ${setup.subject} once, and waits ${formatMs(timeoutMs)} at most.`,
    policy: policyWords({ ...setup.policy, breaker: null }) || null,
    filled,
    template,
    growing,
    timeoutMs,
    timeout: code(growing ? '"${timeout}ms"' : `${timeoutMs}ms`),
    replies: gather?.count ?? 0,
    // `nats` waits between replies for as long as for the first, unless told otherwise.
    replyTimeout: `${gather?.gapMs ?? timeoutMs}ms`,
    headers: setup.headers.map(({ name, value }) => ({ header: `${name}:${plainArgument(value)}` })),
    callHeader: callHeader === null ? null : `${callHeader}:`,
    attemptHeader: `${attemptHeader}:`,
    payload: bytes === null ? payload : code(`"$(printf '${octal(bytes)}')"`),
    retry: retry !== null,
    waits: code(
      retry === null
        ? ""
        : plainWaits(retry)
            .map((ms) => ms / 1000)
            .join(" "),
    ),
    failures: code(failures.map((each) => `"${each}"`).join(" | ")),
  });
  const differences = [
    ...(breaker === null ? [] : ["It has no circuit breaker: it would begin anew with each command."]),
    ...(retry !== null && retry.jitter !== "none" ? ["The waits between attempts have no jitter."] : []),
    ...(gather === null ? [] : gatherDifferences(gather)),
    'It takes a reply for an error where "error" is named anywhere in its JSON, not only at the top.',
    ...(filled ? ["Its payload is the same each time: {{n}} is 1, and what is random is one example."] : []),
    ...(bytes?.at(-1) === 0x0a ? ["A shell takes the line feeds at the end of the payload away."] : []),
    ...(payload.includes("\0") || bytes?.includes(0)
      ? ["A shell's argument cannot hold the character 0, which the payload has: it is left out."]
      : []),
  ];
  return { language: "cli", fileName, text, run: run(fileName), differences };
}

/** Bytes as `printf` takes them. None is 0: no argument can hold that. */
const octal = (bytes: Uint8Array): string =>
  Array.from(
    bytes.filter((byte) => byte !== 0),
    (byte) => `\\${byte.toString(8).padStart(3, "0")}`,
  ).join("");

/** Where `nats` ends otherwise than the page. */
function gatherDifferences({ count, sentinel }: GatherPolicy): string[] {
  if (sentinel && count !== null)
    return [`It ends with an empty reply, however many came before: not after ${count}.`];
  return count === null ? [] : ["The time for more replies begins anew with each one."];
}

/** Ends the handler's file: no line of a handler is likely to be this, and one that is gets a space. */
const END = "END_OF_HANDLER";

/** A responder as `nats reply`, which runs the page's own handler with Node for each request. */
export function natsResponder(setup: ResponderSetup, server: ServerPlace, handler: HandlerSource): Program {
  const holes = responderHoles(setup, server, ".sh");
  const echo = handler.builtin === "echo";
  const file = `${fileNameOf(setup.name)}-handler.mjs`;
  const written = fillTemplate(DIALECTS.typescript, handlerTemplate, {
    name: setup.name,
    handler: code(handlerExpression(handler.source).join("\n")),
  });
  const text = fillTemplate(dialect, responder, {
    ...holes,
    queue: setup.queue ?? "",
    echo,
    file,
    handler: code(written.trimEnd().replaceAll(new RegExp(`^${END}$`, "gm"), `${END} `)),
    command: `node ${file}`,
  });
  const { fileName } = holes;
  return {
    language: "cli",
    fileName,
    text,
    run: run(fileName),
    differences: differencesOf(setup, handler, echo),
  };
}

function differencesOf(setup: ResponderSetup, { source, builtin }: HandlerSource, echo: boolean): string[] {
  const { delay, dropShare, errorShare, handling } = setup;
  return [
    ...(builtin === null ? [NO_SANDBOX] : []),
    ...(handling === "concurrent" ? ["nats reply handles one request at a time."] : []),
    ...(delay.kind === "none" ? [] : [`The delay, ${delayWords(delay)}, is left out.`]),
    ...(dropShare > 0 || errorShare > 0
      ? ["The shares of dropped requests and error replies are left out."]
      : []),
    ...(echo ? [] : ["An error reply says so in its JSON, not in headers."]),
    ...(!echo && /\bheaders\b/.test(source)
      ? ["nats reply gives a command no headers: to the handler every request seems to have none."]
      : []),
    ...(echo
      ? []
      : [
          "A request of more than 128 kB, or with the character 0 in it, gets an empty reply; what is not UTF-8 reaches the handler as �.",
        ]),
    ...(!echo && takesContext(source)
      ? [
          "A handler that asks other services or keeps state between requests cannot do so here: it is a new process each time.",
        ]
      : []),
  ];
}
