import { formatMs } from "../domain/base/formats.ts";
import type { GatherPolicy, RequesterSetup } from "../domain/setup/setup.ts";
import { renderTemplate, templatePieces } from "../domain/messages/templates.ts";
import { cliConnection, cliCredentials, CLI_RUN, plainArgument } from "./cliConnection.ts";
import { programText } from "./layout.ts";
import { commentLines, fileNameOf, shellLiteral as literal } from "./literals.ts";
import { plainWaits, policyParts, policyWords } from "./policyParts.ts";
import type { Program, ServerPlace } from "./program.ts";

/** In the middle of what a random placeholder could be: one example, and the same each time. */
const MIDDLE = (): number => 0.5;

/** A requester as one `nats request`. */
export function cliRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const { template } = setup.payload;
  const fileName = `${fileNameOf(setup.name)}.sh`;
  const filled = templatePieces(template).some((piece) => typeof piece !== "string");
  const body = renderTemplate(template, 1, MIDDLE);
  const { retry, breaker, fallback, gather, callHeader, plain } = policyParts(setup.policy);
  const growing = retry?.timeouts === "exponential";
  const policy = policyWords({ ...setup.policy, breaker: null });
  const command = (timeout: string, indent: string): string =>
    [
      "nats request",
      ...cliConnection(setup.name, server),
      `--timeout ${timeout}`,
      // Braces in a payload are the payload's own.
      "--no-templates",
      ...(plain ? [] : ["--raw"]),
      ...(gather === null ? [] : gatherOptions(gather)),
      ...setup.headers.map(({ name, value }) => `--header ${literal(`${name}:${plainArgument(value)}`)}`),
      ...(callHeader === null ? [] : [`--header ${literal(`${callHeader}:`)}"$name"`]),
      "--",
      `${literal(setup.subject)} ${body === "" ? "''" : literal(body)}`,
    ].join(` \\\n${indent}  `);
  const timeoutMs = gather?.forMs ?? setup.timeoutMs;
  const naming =
    callHeader === null
      ? []
      : ['name="$(date +%s)-$$" # the same for each attempt: a request may arrive twice'];
  const text = programText(
    [
      ...commentLines(
        "#",
        `${setup.name} asks ${setup.subject} once, and waits ${formatMs(timeoutMs)} at most.`,
      ),
      ...(policy === "" ? [] : commentLines("#", policy)),
      ...(filled
        ? commentLines("#", `The payload is that of a first call; in the page it is ${template}`)
        : []),
      ...cliCredentials(server),
    ],
    naming,
    plain
      ? [command(`${timeoutMs}ms`, "")]
      : [
          'reply=""',
          ...(growing ? [`timeout=${timeoutMs}`] : []),
          `for wait in 0 ${
            retry === null
              ? ""
              : plainWaits(retry)
                  .map((ms) => ms / 1000)
                  .join(" ")
          }; do`.replace(" ;", ";"),
          '  sleep "$wait"',
          `  reply=$(${command(growing ? '"${timeout}ms"' : `${timeoutMs}ms`, "    ")})`,
          '  [ -n "$reply" ] && break',
          ...(growing ? ["  timeout=$((timeout * 2))"] : []),
          "done",
          ...(fallback === null ? [] : [`[ -n "$reply" ] || reply=${literal(fallback)}`]),
          `printf '%s\\n' "$reply"`,
        ],
  );
  const differences = [
    ...(breaker === null ? [] : ["It has no circuit breaker: it would begin anew with each command."]),
    ...(retry !== null && retry.jitter !== "none" ? ["The waits between attempts have no jitter."] : []),
    ...(plain ? [] : ["It takes every reply that is not empty for a success, an error reply too."]),
    ...(filled ? ["Its payload is the same each time: {{n}} is 1, and what is random is one example."] : []),
    ...(/\0/.test(body)
      ? ["A shell's argument cannot hold the character 0, which the payload has: it is left out."]
      : []),
  ];
  return { language: "cli", fileName, text, run: [...CLI_RUN, `sh ${fileName}`], differences };
}

/** Until whichever comes first; `nats` waits between replies for as long as for the first, unless told otherwise. */
const gatherOptions = ({ count, forMs, gapMs, sentinel }: GatherPolicy): readonly string[] => [
  `--replies ${count ?? 0}`,
  `--reply-timeout ${gapMs ?? forMs}ms`,
  ...(sentinel ? ["--wait-for-empty"] : []),
];
