import { commentLines, javaScriptLiteral as literal } from "./literals.ts";
import type { Part } from "./layout.ts";
import type { ServerPlace } from "./program.ts";

/** Connects to the server in use, or to the one that the environment names. Credentials come from the environment alone. */
export function connection(name: string, { url, credentials }: ServerPlace): Part {
  return [
    ...(credentials === "none" ? [] : commentLines("//", CREDENTIAL_WORDS[credentials])),
    "const nc = await connect({",
    `  servers: process.env.NATS_URL ?? ${literal(url)},`,
    `  name: ${literal(name)},`,
    ...(credentials === "user"
      ? ["  user: process.env.NATS_USER,", "  pass: process.env.NATS_PASSWORD,"]
      : []),
    ...(credentials === "token" ? ["  token: process.env.NATS_TOKEN,"] : []),
    "});",
  ];
}

/** What every program says of credentials. */
export const CREDENTIAL_WORDS = {
  user: "The server asks for a user and a password: set NATS_USER and NATS_PASSWORD.",
  token: "The server asks for a token: set NATS_TOKEN.",
} as const;

export const typescriptRun = (fileName: string): readonly string[] => [
  "npm install @nats-io/transport-node tsx",
  `npx tsx ${fileName}`,
];
