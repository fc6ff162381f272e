// __about__
// @if policy
// __policy__
// @end
// Once, or as many times as its argument says: npx tsx __fileName__ 10

import { connect, __imports__ } from "@nats-io/transport-node";

const SUBJECT = __subject__;
// @if timeoutMs
const TIMEOUT_MS = __timeoutMs__;
// @end

/** The payload of call number n. */
const payload = (__n__: number): __payloadType__ => __payload__;
// @if random
const random = (min: number, max: number): number => min + Math.floor(Math.random() * (max - min + 1));
// @end

// @if credentials
// __credentials__
// @end
const nc = await connect({
  servers: process.env.NATS_URL ?? __url__,
  name: __name__,
  // @if user
  user: process.env.NATS_USER,
  pass: process.env.NATS_PASSWORD,
  // @end
  // @if token
  token: process.env.NATS_TOKEN,
  // @end
});

/** One request: what became of it, and the reply or the reason. */
async function attempt(__parameters__): Promise<Outcome> {
  // @if sends
  const sent = headers();
  // @end
  // @each headers
  sent.append(__headerName__, __headerValue__);
  // @end
  // @if callHeader
  sent.set(__callHeader__, name);
  sent.set(__attemptHeader__, String(number));
  // @end
  // @if gather
  const inbox = createInbox();
  const replies = nc.subscribe(inbox);
  nc.publish(SUBJECT, body, { __options__ });
  const over = setTimeout(() => replies.unsubscribe(), __forMs__);
  // @if gapMs
  let gap: ReturnType<typeof setTimeout> | undefined;
  // @end
  const texts: string[] = [];
  let errors = 0;
  let none = "timed out";
  for await (const reply of replies) {
    if (reply.data.length === 0 && reply.headers?.code === 503) none = "no responders";
    // @if sentinel
    if (none === "no responders" || reply.data.length === 0) break;
    // @else
    if (none === "no responders") break;
    // @end
    texts.push(reply.string());
    if (isError(reply)) errors++;
    // @if count
    if (texts.length === __count__) break;
    // @end
    // @if gapMs
    clearTimeout(gap);
    gap = setTimeout(() => replies.unsubscribe(), __gapMs__);
    // @end
  }
  clearTimeout(over);
  // @if gapMs
  clearTimeout(gap);
  // @end
  replies.unsubscribe();
  if (texts.length === 0) return { kind: none, text: "" };
  return { kind: errors === texts.length ? "error reply" : "replied", text: texts.join("\n") };
  // @else
  try {
    const reply = await nc.request(SUBJECT, body, { __options__ });
    return { kind: isError(reply) ? "error reply" : "replied", text: reply.string() };
  } catch (error) {
    return { kind: whyNot(error), text: "" };
  }
  // @end
}

interface Outcome {
  readonly kind: string;
  readonly text: string;
}

// @if plain
const call = (n: number): Promise<Outcome> => attempt(__plainArguments__);
// @else
/** What is tried again, counted by a breaker, or replaced by a fallback. */
const FAILURES = [__failures__];

// @if breaker
const breaker = { failures: 0, openUntil: 0, trying: false };

/** An attempt, unless the breaker is open: then nothing is sent. */
async function guarded(__parameters__): Promise<Outcome | null> {
  if (performance.now() < breaker.openUntil || breaker.trying) return null;
  breaker.trying = breaker.openUntil > 0;
  const outcome = await attempt(__nextArguments__);
  const tried = breaker.trying;
  breaker.trying = false;
  if (!FAILURES.includes(outcome.kind)) Object.assign(breaker, { failures: 0, openUntil: 0 });
  else if (++breaker.failures >= __breakerFailures__ || tried)
    breaker.openUntil = performance.now() + __openMs__;
  return outcome;
}

// @end
async function call(n: number): Promise<Outcome> {
  const body = payload(n);
  // @if callHeader
  const name = crypto.randomUUID(); // the same for each attempt: a request may arrive twice
  // @end
  // @if breaker
  let last = (await guarded(__firstArguments__)) ?? { kind: "short-circuited", text: "" };
  // @else
  let last = await attempt(__firstArguments__);
  // @end
  // @if retry
  let before = 0;
  for (let number = 2; number <= __attempts__ && FAILURES.includes(last.kind); number++) {
    before = waitMs(number, before);
    await new Promise((resolve) => setTimeout(resolve, before));
    // @if breaker
    const again = await guarded(__nextArguments__);
    if (again === null) break;
    last = again;
    // @else
    last = await attempt(__nextArguments__);
    // @end
  }
  // @end
  // @if fallback
  if (__isReplaced__) last = { kind: "fell back", text: __fallback__ };
  // @end
  return last;
}
// @end

// @if retry
/** How long to wait before an attempt, which counts from 2. */
const waitMs = (__attempt__: number, __before__: number): number => __wait__;
// @end

/** A reply that says it is an error, in its headers or in its JSON. */
function isError(reply: Msg): boolean {
  if (reply.headers?.has("Nats-Service-Error-Code")) return true;
  try {
    const said: unknown = reply.json();
    const { error = null } = Object(said) as { readonly error?: unknown };
    return error !== null && error !== false;
  } catch {
    return false;
  }
}

// @if !gather
/** Nobody subscribes to the subject: the server says so at once. Somebody does, but did not answer in time: a timeout. */
function whyNot(error: unknown): string {
  const { cause } = error as Error;
  const is = (kind: new (...given: never[]) => Error): boolean =>
    error instanceof kind || cause instanceof kind;
  if (is(errors.NoRespondersError)) return "no responders";
  if (is(errors.TimeoutError)) return "timed out";
  if (is(errors.ClosedConnectionError) || is(errors.ConnectionError)) return "connection lost";
  return `failed (${String(error)})`;
}

// @end
/** A call with all its attempts, and how long that took. */
async function one(n: number): Promise<void> {
  const startedAt = performance.now();
  const { kind, text } = await call(n);
  const ms = performance.now() - startedAt;
  console.log(`${n}: ${kind} after ${ms.toFixed(1)} ms ${text}`.trimEnd());
}

const count = Number(process.argv[2] ?? 1);
// @if breaker
// One after the other: else all would be sent before the breaker has seen the first.
for (let n = 1; n <= count; n++) await one(n);
// @else
await Promise.all(Array.from({ length: count }, (_, at) => one(at + 1)));
// @end
await nc.close();
