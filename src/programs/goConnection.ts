import type { Part } from "./layout.ts";
import { fileNameOf, goLiteral as literal } from "./literals.ts";
import type { ServerPlace } from "./program.ts";
import { CREDENTIAL_WORDS } from "./typescriptConnection.ts";

/** The imports of a program, the client's after those of Go itself. `crypto/rand` goes by another name: there are two. */
export const goImports = (packages: readonly string[]): Part => [
  "import (",
  ...packages.map((each) => (each === "crypto/rand" ? `	cryptorand "${each}"` : `	"${each}"`)),
  "",
  '	"github.com/nats-io/nats.go"',
  ")",
];

/** Inside `main`; wants `log` and `os`. Connects to the server in use, or to the one that the environment names. */
export function goConnect(
  name: string,
  { url, credentials }: ServerPlace,
  more: readonly string[] = [],
): string[] {
  const options = [
    `nats.Name(${literal(name)})`,
    ...(credentials === "user" ? ['nats.UserInfo(os.Getenv("NATS_USER"), os.Getenv("NATS_PASSWORD"))'] : []),
    ...more,
    ...(credentials === "token" ? ['nats.Token(os.Getenv("NATS_TOKEN"))'] : []),
  ];
  return [
    '	server := os.Getenv("NATS_URL")',
    '	if server == "" {',
    `		server = ${literal(url)}`,
    "	}",
    ...(credentials === "none" ? [] : [`	// ${CREDENTIAL_WORDS[credentials]}`]),
    `	nc, err := nats.Connect(server, ${options.join(", ")})`,
    "	if err != nil {",
    "		log.Fatal(err)",
    "	}",
    "	defer nc.Close()",
  ];
}

/** A program is a module of its own, in the folder that it was saved in. */
export function goRun(name: string): readonly string[] {
  return [
    `go mod init ${fileNameOf(name).replaceAll(/^[^A-Za-z]+/g, "") || "program"}`,
    "go get github.com/nats-io/nats.go@latest",
    "go run .",
  ];
}
