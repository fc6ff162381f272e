import { formatMs } from "../domain/formats.ts";
import type { RequesterSetup } from "../domain/setup.ts";
import { renderTemplate, templatePieces } from "../domain/templates.ts";
import { cliConnection, cliCredentials, CLI_RUN, plainArgument } from "./cliConnection.ts";
import { programText } from "./layout.ts";
import { commentLines, fileNameOf, shellLiteral as literal } from "./literals.ts";
import type { Program, ServerPlace } from "./program.ts";

/** In the middle of what a random placeholder could be: one example, and the same each time. */
const MIDDLE = (): number => 0.5;

/** A requester as one `nats request`. */
export function cliRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const { template } = setup.payload;
  const fileName = `${fileNameOf(setup.name)}.sh`;
  const filled = templatePieces(template).some((piece) => typeof piece !== "string");
  const body = renderTemplate(template, 1, MIDDLE);
  const text = programText(
    [
      ...commentLines(
        "#",
        `${setup.name} asks ${setup.subject} once, and waits ${formatMs(setup.timeoutMs)} at most.`,
      ),
      ...(filled
        ? commentLines("#", `The payload is that of a first call; in the page it is ${template}`)
        : []),
      ...cliCredentials(server),
    ],
    [
      [
        "nats request",
        ...cliConnection(setup.name, server),
        `--timeout ${setup.timeoutMs}ms`,
        // Braces in a payload are the payload's own.
        "--no-templates",
        ...setup.headers.map(({ name, value }) => `--header ${literal(`${name}:${plainArgument(value)}`)}`),
        "--",
        `${literal(setup.subject)} ${body === "" ? "''" : literal(body)}`,
      ].join(" \\\n  "),
    ],
  );
  const differences = [
    ...(filled ? ["Its payload is the same each time: {{n}} is 1, and what is random is one example."] : []),
    ...(/\0/.test(body)
      ? ["A shell's argument cannot hold the character 0, which the payload has: it is left out."]
      : []),
  ];
  return { language: "cli", fileName, text, run: [...CLI_RUN, `sh ${fileName}`], differences };
}
