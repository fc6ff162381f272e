import { ATTEMPT_HEADER } from "../domain/setup/policies.ts";
import type { GatherPolicy, RequesterSetup } from "../domain/setup/setup.ts";
import type { Part } from "./layout.ts";
import { goLiteral as literal } from "./literals.ts";
import { policyParts, waitExpression } from "./policyParts.ts";

/** Whether an attempt has to know which one it is. */
const isNumbered = ({ policy }: RequesterSetup): boolean =>
  policy.callHeader !== null || policyParts(policy).retry?.timeouts === "exponential";

const argumentsOf = (setup: RequesterSetup, number: string): string =>
  [
    "nc",
    "body",
    ...(isNumbered(setup) ? [number] : []),
    ...(setup.policy.callHeader === null ? [] : ["name"]),
  ].join(", ");

const parametersOf = (setup: RequesterSetup): string =>
  [
    "nc *nats.Conn, body string",
    ...(isNumbered(setup) ? ["number int"] : []),
    ...(setup.policy.callHeader === null ? [] : ["name string"]),
  ].join(", ");

/** One request and what became of it: the first reply, or as many as are gathered. */
export function goAttempt(setup: RequesterSetup): Part {
  const { callHeader, gather, retry } = policyParts(setup.policy);
  return [
    "// One request: what became of it, and the reply or the reason.",
    `func attempt(${parametersOf(setup)}) (kind, text string) {`,
    "	request := nats.NewMsg(subject)",
    "	request.Data = []byte(body)",
    ...setup.headers.map(({ name, value }) => `	request.Header.Add(${literal(name)}, ${literal(value)})`),
    ...(callHeader === null
      ? []
      : [
          `	request.Header.Set(${literal(callHeader)}, name)`,
          `	request.Header.Set(${literal(ATTEMPT_HEADER)}, strconv.Itoa(number))`,
        ]),
    ...(gather === null ? askLines(retry?.timeouts === "exponential") : gatherLines(gather)),
    "}",
  ];
}

const askLines = (growing: boolean): string[] => [
  `	reply, err := nc.RequestMsg(request, ${growing ? "timeout<<(number-1)" : "timeout"})`,
  "	switch {",
  "	case errors.Is(err, nats.ErrNoResponders):",
  '		return "no responders", "" // Nobody subscribes: the server says so at once.',
  "	case errors.Is(err, nats.ErrTimeout):",
  '		return "timed out", "" // Somebody subscribes, but did not answer in time.',
  "	case err != nil && !nc.IsConnected():",
  '		return "connection lost", ""',
  "	case err != nil:",
  '		return "failed (" + err.Error() + ")", ""',
  "	case isError(reply):",
  '		return "error reply", string(reply.Data)',
  "	}",
  '	return "replied", string(reply.Data)',
];

const gatherLines = ({ count, forMs, gapMs, sentinel }: GatherPolicy): string[] => [
  "	request.Reply = nc.NewInbox()",
  "	replies, err := nc.SubscribeSync(request.Reply)",
  "	if err == nil {",
  "		err = nc.PublishMsg(request)",
  "	}",
  "	if err != nil {",
  '		return "failed (" + err.Error() + ")", ""',
  "	}",
  "	defer replies.Unsubscribe()",
  "	var texts []string",
  '	failures, none := 0, "timed out"',
  `	until := time.Now().Add(${forMs} * time.Millisecond)`,
  count === null ? "	for {" : `	for len(texts) < ${count} {`,
  "		wait := time.Until(until)",
  ...(gapMs === null ? [] : ["		if len(texts) > 0 {", `			wait = min(wait, ${gapMs}*time.Millisecond)`, "		}"]),
  "		reply, err := replies.NextMsg(max(wait, 0))",
  "		if errors.Is(err, nats.ErrNoResponders) {",
  '			none = "no responders"',
  "		}",
  `		if err != nil${sentinel ? " || len(reply.Data) == 0" : ""} {`,
  "			break",
  "		}",
  "		texts = append(texts, string(reply.Data))",
  "		if isError(reply) {",
  "			failures++",
  "		}",
  "	}",
  "	switch {",
  "	case len(texts) == 0:",
  '		return none, ""',
  "	case failures == len(texts):",
  '		return "error reply", strings.Join(texts, "\\n")',
  "	}",
  '	return "replied", strings.Join(texts, "\\n")',
];

/** One call: one attempt, or what the requester's policy makes of it. */
export function goCall(setup: RequesterSetup): Part[] {
  const { retry, breaker, fallback, failures, plain, callHeader } = policyParts(setup.policy);
  const naming =
    callHeader === null ? [] : ["	name := uuid() // The same for each attempt: a request may arrive twice."];
  const head = ["func call(nc *nats.Conn, n int) (kind, text string) {", "	body := payload(n)", ...naming];
  if (plain) return [[...head, `	return attempt(${argumentsOf(setup, "1")})`, "}"]];
  const once = breaker === null ? "attempt" : "guarded";
  return [
    [
      "// What is tried again, counted by a breaker, or replaced by a fallback.",
      "func isFailure(kind string) bool {",
      `	return ${failures.map((each) => `kind == ${literal(each)}`).join(" || ") || "false"}`,
      "}",
    ],
    breaker === null ? [] : breakerPart(setup, breaker),
    retry === null ? [] : waitPart(setup),
    [
      ...head,
      `	kind, text = ${once}(${argumentsOf(setup, "1")})`,
      ...(retry === null
        ? []
        : [
            "	before := 0.0",
            `	for number := 2; number <= ${retry.attempts} && isFailure(kind); number++ {`,
            "		before = waitMs(number, before)",
            "		time.Sleep(time.Duration(before * float64(time.Millisecond)))",
            ...(breaker === null
              ? [`		kind, text = attempt(${argumentsOf(setup, "number")})`]
              : [
                  `		again, reply := guarded(${argumentsOf(setup, "number")})`,
                  "		if again == shortCircuited {",
                  "			break",
                  "		}",
                  "		kind, text = again, reply",
                ]),
            "	}",
          ]),
      ...(fallback === null
        ? []
        : [
            `	if isFailure(kind)${breaker === null ? "" : " || kind == shortCircuited"} {`,
            `		return "fell back", ${literal(fallback)}`,
            "	}",
          ]),
      "	return kind, text",
      "}",
    ],
  ];
}

const breakerPart = (
  setup: RequesterSetup,
  { failures, openMs }: { failures: number; openMs: number },
): Part => [
  'const shortCircuited = "short-circuited"',
  "",
  "var breaker struct {",
  "	failures  int",
  "	openUntil time.Time",
  "}",
  "",
  "// An attempt, unless the breaker is open: then nothing is sent. Calls are made in turn, so it needs no lock.",
  `func guarded(${parametersOf(setup)}) (kind, text string) {`,
  "	tried := !breaker.openUntil.IsZero()",
  "	if tried && time.Now().Before(breaker.openUntil) {",
  '		return shortCircuited, ""',
  "	}",
  `	kind, text = attempt(${argumentsOf(setup, "number")})`,
  "	if !isFailure(kind) {",
  "		breaker.failures, breaker.openUntil = 0, time.Time{}",
  "		return kind, text",
  "	}",
  "	breaker.failures++",
  `	if tried || breaker.failures >= ${failures} {`,
  `		breaker.openUntil = time.Now().Add(${openMs} * time.Millisecond)`,
  "	}",
  "	return kind, text",
  "}",
];

function waitPart({ policy }: RequesterSetup): Part {
  const retry = policyParts(policy).retry;
  if (retry === null) return [];
  const wait = waitExpression(retry, {
    doubled: "math.Pow(2, float64(attempt-2))",
    min: (a, b) => `math.Min(${a}, ${b})`,
    max: (a, b) => `math.Max(${a}, ${b})`,
    random: "rand.Float64()",
  });
  return [
    "// How long to wait before an attempt, which counts from 2, in ms.",
    "func waitMs(attempt int, before float64) float64 {",
    `	return ${wait?.replace(/math\.Min\(.*$/, (inside) => inside.replace(/ ([*+-]) /g, "$1")) ?? "0"}`,
    "}",
  ];
}

/** The packages that a requester's policy needs. */
export function goPolicyImports(setup: RequesterSetup): string[] {
  const { retry, gather, callHeader } = policyParts(setup.policy);
  const waits = waitPart(setup).join("\n");
  return [
    ...(callHeader === null ? [] : ["crypto/rand"]),
    ...(waits.includes("rand.Float64") ? ["math/rand/v2"] : []),
    ...(waits.includes("math.") ? ["math"] : []),
    ...(gather !== null || retry !== null ? ["time"] : []),
  ];
}
