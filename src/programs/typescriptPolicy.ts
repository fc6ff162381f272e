import { ATTEMPT_HEADER } from "../domain/setup/policies.ts";
import type { BreakerPolicy, RequesterSetup } from "../domain/setup/setup.ts";
import type { Part } from "./layout.ts";
import { javaScriptLiteral as literal } from "./literals.ts";
import { policyParts, waitExpression } from "./policyParts.ts";

/** One call: one attempt, or what the requester's policy makes of it. */
export function typescriptCall(setup: RequesterSetup): Part[] {
  const { retry, breaker, fallback, failures, plain, callHeader } = policyParts(setup.policy);
  const names = callHeader !== null;
  if (plain) {
    const name = names ? ", 1, crypto.randomUUID()" : "";
    return [[`const call = (n: number): Promise<Outcome> => attempt(payload(n)${name});`]];
  }
  const once = breaker === null ? "attempt" : "guarded";
  const args = argumentsOf(setup, "1");
  const next = argumentsOf(setup, "number");
  return [
    [
      "/** What is tried again, counted by a breaker, or replaced by a fallback. */",
      `const FAILURES = [${failures.map(literal).join(", ")}];`,
    ],
    breaker === null ? [] : breakerPart(breaker, setup),
    [
      "async function call(n: number): Promise<Outcome> {",
      "  const body = payload(n);",
      names
        ? "  const name = crypto.randomUUID(); // the same for each attempt: a request may arrive twice"
        : null,
      breaker === null
        ? `  ${retry ? "let" : "const"} last = await ${once}(${args});`
        : `  ${retry ? "let" : "const"} last = (await ${once}(${args})) ?? { kind: "short-circuited", text: "", ms: 0 };`,
      ...(retry === null ? [] : retryLines(setup, once, next)),
      fallback === null
        ? null
        : `  if (FAILURES.includes(last.kind)${breaker === null ? "" : ' || last.kind === "short-circuited"'}) return { ...last, kind: "fell back", text: ${literal(fallback)} };`,
      "  return last;",
      "}",
    ],
    retry === null ? [] : waitPart(setup),
  ];
}

/** Whether an attempt has to know which one it is. */
const isNumbered = ({ policy }: RequesterSetup): boolean =>
  policy.callHeader !== null || policyParts(policy).retry?.timeouts === "exponential";

/** What an attempt is called with. */
const argumentsOf = (setup: RequesterSetup, number: string): string =>
  [
    "body",
    ...(isNumbered(setup) ? [number] : []),
    ...(setup.policy.callHeader === null ? [] : ["name"]),
  ].join(", ");

const parametersOf = (setup: RequesterSetup): string =>
  [
    "body: string",
    ...(isNumbered(setup) ? ["number: number"] : []),
    ...(setup.policy.callHeader === null ? [] : ["name: string"]),
  ].join(", ");

function retryLines({ policy }: RequesterSetup, once: string, args: string): string[] {
  const retry = policyParts(policy).retry;
  if (retry === null) return [];
  const guarded = once === "guarded";
  return [
    "  let before = 0;",
    `  for (let number = 2; number <= ${retry.attempts} && FAILURES.includes(last.kind); number++) {`,
    "    before = waitMs(number, before);",
    "    await new Promise((resolve) => setTimeout(resolve, before));",
    ...(guarded
      ? [`    const again = await ${once}(${args});`, "    if (again === null) break;", "    last = again;"]
      : [`    last = await ${once}(${args});`]),
    "  }",
  ];
}

function waitPart({ policy }: RequesterSetup): Part {
  const retry = policyParts(policy).retry;
  if (retry === null) return [];
  const wait = waitExpression(retry, {
    doubled: "2 ** (attempt - 2)",
    min: (a, b) => `Math.min(${a}, ${b})`,
    max: (a, b) => `Math.max(${a}, ${b})`,
    random: "Math.random()",
  });
  const uses = (name: string): string =>
    wait !== null && new RegExp(`\\b${name}\\b`).test(wait) ? name : `_${name}`;
  return [
    "/** How long to wait before an attempt, which counts from 2. */",
    `const waitMs = (${uses("attempt")}: number, ${uses("before")}: number): number => ${wait ?? "0"};`,
  ];
}

const breakerPart = ({ failures, openMs }: BreakerPolicy, setup: RequesterSetup): Part => [
  "const breaker = { failures: 0, openUntil: 0, trying: false };",
  "",
  "/** An attempt, unless the breaker is open: then nothing is sent. */",
  `async function guarded(${parametersOf(setup)}): Promise<Outcome | null> {`,
  "  if (performance.now() < breaker.openUntil || breaker.trying) return null;",
  "  breaker.trying = breaker.openUntil > 0;",
  `  const outcome = await attempt(${argumentsOf(setup, "number")});`,
  "  const tried = breaker.trying;",
  "  breaker.trying = false;",
  "  if (!FAILURES.includes(outcome.kind)) Object.assign(breaker, { failures: 0, openUntil: 0 });",
  `  else if (++breaker.failures >= ${failures} || tried) breaker.openUntil = performance.now() + ${openMs};`,
  "  return outcome;",
  "}",
];

/** One request and what became of it: the first reply, or as many as are gathered. */
export function typescriptAttempt(setup: RequesterSetup): Part {
  const { policy, headers, inbox, timeoutMs } = setup;
  const { callHeader, gather, retry } = policyParts(policy);
  const sends = headers.length > 0 || callHeader !== null;
  const head = [
    "/** One request: what became of it, and the reply or the reason. */",
    `async function attempt(${parametersOf(setup)}): Promise<Outcome> {`,
    "  const startedAt = performance.now();",
    "  const ended = (kind: string, text: string): Outcome => ({ kind, text, ms: performance.now() - startedAt });",
    ...(sends ? ["  const sent = headers();"] : []),
    ...headers.map(({ name, value }) => `  sent.append(${literal(name)}, ${literal(value)});`),
    ...(callHeader === null
      ? []
      : [
          `  sent.set(${literal(callHeader)}, name);`,
          `  sent.set(${literal(ATTEMPT_HEADER)}, String(number));`,
        ]),
  ];
  const timeout = retry?.timeouts === "exponential" ? "TIMEOUT_MS * 2 ** (number - 1)" : "TIMEOUT_MS";
  const ask = [
    "  try {",
    `    const reply = await nc.request(SUBJECT, body, { timeout: ${timeout}${inbox === "perRequest" ? ", noMux: true" : ""}${sends ? ", headers: sent" : ""} });`,
    '    return ended(isError(reply) ? "error reply" : "replied", reply.string());',
    "  } catch (error) {",
    '    return ended(whyNot(error), "");',
    "  }",
  ];
  const { count = null, forMs = timeoutMs, gapMs = null, sentinel = false } = gather ?? {};
  const collect = [
    "  const inbox = createInbox();",
    "  const replies = nc.subscribe(inbox);",
    `  nc.publish(SUBJECT, body, { reply: inbox${sends ? ", headers: sent" : ""} });`,
    `  const over = setTimeout(() => replies.unsubscribe(), ${forMs});`,
    ...(gapMs === null ? [] : ["  let gap: ReturnType<typeof setTimeout> | undefined;"]),
    "  const texts: string[] = [];",
    "  let errors = 0;",
    '  let none = "timed out";',
    "  for await (const reply of replies) {",
    '    if (reply.data.length === 0 && reply.headers?.code === 503) none = "no responders";',
    `    if (none === "no responders"${sentinel ? " || reply.data.length === 0" : ""}) break;`,
    "    texts.push(reply.string());",
    "    if (isError(reply)) errors++;",
    ...(count === null ? [] : [`    if (texts.length === ${count}) break;`]),
    ...(gapMs === null
      ? []
      : ["    clearTimeout(gap);", `    gap = setTimeout(() => replies.unsubscribe(), ${gapMs});`]),
    "  }",
    "  clearTimeout(over);",
    ...(gapMs === null ? [] : ["  clearTimeout(gap);"]),
    "  replies.unsubscribe();",
    '  if (texts.length === 0) return ended(none, "");',
    '  return ended(errors === texts.length ? "error reply" : "replied", texts.join("\\n"));',
  ];
  return [...head, ...(gather === null ? ask : collect), "}", "", ...OUTCOME];
}

const OUTCOME: Part = [
  "interface Outcome {",
  "  readonly kind: string;",
  "  readonly text: string;",
  "  readonly ms: number;",
  "}",
];
