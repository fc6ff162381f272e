import type { RequesterSetup } from "../domain/setup/setup.ts";
import { goImports, goConnect, goRun } from "./goConnection.ts";
import { programText, type Part } from "./layout.ts";
import { commentLines, fileNameOf, goLiteral as literal } from "./literals.ts";
import { needsOf, payloadExpression } from "./payloads.ts";
import { goAttempt, goCall, goPolicyImports } from "./goPolicy.ts";
import { policyParts, policyWords } from "./policyParts.ts";
import type { Program, ServerPlace } from "./program.ts";

/** A requester in Go. */
export function goRequester(setup: RequesterSetup, server: ServerPlace): Program {
  const fileName = `${fileNameOf(setup.name)}.go`;
  const { n, random, uuid } = needsOf(setup.payload.template);
  const { breaker, callHeader, gather } = policyParts(setup.policy);
  const policy = policyWords(setup.policy);
  const packages = [
    ...(uuid ? ["crypto/rand"] : []),
    "encoding/json",
    "errors",
    "fmt",
    "log",
    ...(random ? ["math/rand/v2"] : []),
    "os",
    "strconv",
    "strings",
    ...(breaker === null ? ["sync"] : []),
    "time",
    ...goPolicyImports(setup),
  ];
  const text = programText(
    [
      ...commentLines("//", `${setup.name} asks ${setup.subject} and prints what comes back.`),
      ...(policy === "" ? [] : commentLines("//", policy)),
      "// Once, or as many times as its argument says: go run . 10",
      "package main",
    ],
    goImports([...new Set(packages)].sort()),
    gather === null
      ? [
          "const (",
          `	subject = ${literal(setup.subject)}`,
          `	timeout = ${setup.timeoutMs} * time.Millisecond`,
          ")",
        ]
      : [`const subject = ${literal(setup.subject)}`],
    payloadPart(setup, n),
    uuid || callHeader !== null ? UUID : [],
    goAttempt(setup),
    ...goCall(setup),
    [
      "// A reply that says it is an error, in its headers or in its JSON.",
      "func isError(reply *nats.Msg) bool {",
      '	if reply.Header.Get("Nats-Service-Error-Code") != "" {',
      "		return true",
      "	}",
      "	var said map[string]json.RawMessage",
      "	if json.Unmarshal(reply.Data, &said) != nil {",
      "		return false",
      "	}",
      '	words, found := said["error"]',
      '	return found && string(words) != "null" && string(words) != "false"',
      "}",
    ],
    [
      "func main() {",
      "	count := 1",
      "	if len(os.Args) > 1 {",
      "		count, _ = strconv.Atoi(os.Args[1])",
      "	}",
      ...goConnect(setup.name, server, setup.inbox === "perRequest" ? ["nats.UseOldRequestStyle()"] : []),
      ...(breaker === null ? AT_ONCE : IN_TURN),
      "}",
    ],
  );
  return { language: "go", fileName, text, run: goRun(setup.name), differences: [] };
}

function payloadPart({ payload: { template } }: RequesterSetup, n: boolean): Part {
  const expression = payloadExpression(template, {
    literal,
    placeholder(placeholder) {
      switch (placeholder.kind) {
        case "n":
          return "strconv.Itoa(n)";
        case "random":
          return `strconv.FormatInt(${placeholder.min}+rand.Int64N(${placeholder.max - placeholder.min + 1}), 10)`;
        case "uuid":
          return "uuid()";
      }
    },
  });
  return [
    "// The payload of call number n.",
    `func payload(${n ? "n" : "_"} int) string {`,
    `	return ${expression}`,
    "}",
  ];
}

const ONE: readonly string[] = [
  "started := time.Now()",
  "kind, text := call(nc, n)",
  "ms := float64(time.Since(started).Microseconds()) / 1000",
  'fmt.Println(strings.TrimSpace(fmt.Sprintf("%d: %s after %.1f ms %s", n, kind, ms, text)))',
];

const AT_ONCE: readonly string[] = [
  "	var calls sync.WaitGroup",
  "	for n := 1; n <= count; n++ {",
  "		calls.Add(1)",
  "		go func() {",
  "			defer calls.Done()",
  ...ONE.map((line) => `			${line}`),
  "		}()",
  "	}",
  "	calls.Wait()",
];

/** One after the other: else all would be sent before the breaker has seen the first. */
const IN_TURN: readonly string[] = ["	for n := 1; n <= count; n++ {", ...ONE.map((line) => `		${line}`), "	}"];

const UUID: Part = [
  "// A version 4 UUID.",
  "func uuid() string {",
  "	b := make([]byte, 16)",
  "	_, _ = cryptorand.Read(b)",
  "	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80",
  '	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])',
  "}",
];
