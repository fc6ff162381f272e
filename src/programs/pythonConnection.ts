import { CREDENTIAL_WORDS } from "./typescriptConnection.ts";
import { pythonLiteral as literal } from "./literals.ts";
import type { ServerPlace } from "./program.ts";

/** Inside `main`. Connects to the server in use, or to the one that the environment names. */
export function connectLines(name: string, { url, credentials }: ServerPlace): string[] {
  return [
    ...(credentials === "none" ? [] : [`    # ${CREDENTIAL_WORDS[credentials]}`]),
    "    nc = await nats.connect(",
    `        os.environ.get("NATS_URL", ${literal(url)}),`,
    `        name=${literal(name)},`,
    ...(credentials === "user"
      ? ['        user=os.environ.get("NATS_USER"),', '        password=os.environ.get("NATS_PASSWORD"),']
      : []),
    ...(credentials === "token" ? ['        token=os.environ.get("NATS_TOKEN"),'] : []),
    "    )",
  ];
}

export const pythonRun = (fileName: string): readonly string[] => [
  "pip install nats-py",
  `python ${fileName}`,
];

/** Two empty lines before a function, as Python programs have them. No literal of a program holds a line break. */
export const spaced = (text: string): string =>
  text.replace(/(?<!\n)\n\n(?=(?:async )?def |asyncio\.run|try:\n {4}asyncio)/g, "\n\n\n");
