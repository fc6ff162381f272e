import { commentLines, shellLiteral as literal } from "./literals.ts";
import type { ServerPlace } from "./program.ts";
import { CREDENTIAL_WORDS } from "./typescriptConnection.ts";

/** The options of every command. `nats` itself reads NATS_USER, NATS_PASSWORD and NATS_TOKEN from its environment. */
export const cliConnection = (name: string, { url }: ServerPlace): readonly string[] => [
  `--server ${literal(url)}`,
  `--connection-name ${literal(name)}`,
];

/** What is to be set before a command finds the server, as a comment. `nats` reads the variables by itself. */
export const cliCredentials = ({ credentials }: ServerPlace): readonly string[] =>
  credentials === "none" ? [] : commentLines("#", CREDENTIAL_WORDS[credentials]);

/** `nats` fills templates in headers whether asked to or not: braces that are meant are written so that it leaves them. */
export const plainArgument = (value: string): string => value.replaceAll("{{", '{{"{{"}}');

export const CLI_RUN: readonly string[] = ["go install github.com/nats-io/natscli/nats@latest"];
