import fc from "fast-check";
import { checkHandlerSource, withLineFeeds } from "./handlerSource.ts";
import { checkPolicy, FAILURE_OUTCOMES, POLICY_LIMITS } from "./policies.ts";
import type { Scenario } from "./scenario.ts";
import type { Delay, HandlerRef, Policy, RequesterSetup, ResponderSetup } from "./setup.ts";

/** What the tests of links and files share: any scenario that a person could have set up. */

const token = fc.stringMatching(/^[A-Za-z0-9_$-]{1,12}$/);
const subject = fc.array(token, { minLength: 1, maxLength: 4 }).map((tokens) => tokens.join("."));
const name = fc.oneof(token, fc.constantFrom("Größe 1", "応答者", "a b", "‘quoted’", "🚀"));
/** Also half characters, which JSON can carry and UTF-8 alone cannot. */
const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 80 }), fc.string({ maxLength: 80 }));
const title = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,’é-]{0,38}[a-z]$/);
const ms = fc.integer({ min: 0, max: 5000 });
const within = ({ least, most }: { readonly least: number; readonly most: number }) =>
  fc.integer({ min: least, max: most });
const share = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);

const delay: fc.Arbitrary<Delay> = fc.oneof(
  fc.constant({ kind: "none" as const }),
  ms.map((each) => ({ kind: "fixed" as const, ms: each })),
  fc
    .tuple(ms, ms)
    .map(([a, b]) => ({ kind: "uniform" as const, minMs: Math.min(a, b), maxMs: Math.max(a, b) })),
  fc.record({ kind: fc.constant("normal" as const), meanMs: ms, deviationMs: ms }),
  fc.record({ kind: fc.constant("exponential" as const), meanMs: ms }),
);

const builtin = fc.constantFrom("user-lookup", "echo", "calculator", "no-such-handler");
/** As editors end its lines, and without what code may not hold. */
const code = anyText.map(withLineFeeds).filter((each) => checkHandlerSource(each) === null);
const handler: fc.Arbitrary<HandlerRef> = fc.oneof(
  builtin.map((id) => ({ kind: "builtin" as const, id })),
  fc.record(
    { kind: fc.constant("code" as const), title, source: code, basedOn: builtin },
    { requiredKeys: ["kind", "title", "source"] },
  ),
);

const responder: fc.Arbitrary<ResponderSetup> = fc.record({
  name,
  subject: fc.oneof(
    subject,
    subject.map((each) => `${each}.>`),
    subject.map((each) => `*.${each}`),
  ),
  queue: fc.option(token),
  handler,
  delay,
  handling: fc.constantFrom("oneAtATime" as const, "concurrent" as const),
  errorShare: share,
  dropShare: share,
});

const policy: fc.Arbitrary<Policy> = fc
  .record({
    on: fc.uniqueArray(fc.constantFrom(...FAILURE_OUTCOMES)),
    retry: fc.option(
      fc.record({
        attempts: within(POLICY_LIMITS.attempts),
        timeouts: fc.constantFrom("same" as const, "exponential" as const),
        backoff: fc.constantFrom("none" as const, "fixed" as const, "exponential" as const),
        firstDelayMs: within(POLICY_LIMITS.delayMs),
        maxDelayMs: within(POLICY_LIMITS.delayMs),
        jitter: fc.constantFrom("none" as const, "full" as const, "decorrelated" as const),
      }),
    ),
    breaker: fc.option(
      fc.record({ failures: within(POLICY_LIMITS.failures), openMs: within(POLICY_LIMITS.openMs) }),
    ),
    fallback: fc.option(fc.record({ format: fc.constant("text" as const), text: anyText })),
    gather: fc.option(
      fc.record({
        count: fc.option(within(POLICY_LIMITS.count)),
        forMs: within(POLICY_LIMITS.forMs),
        gapMs: fc.option(within(POLICY_LIMITS.gapMs)),
        sentinel: fc.boolean(),
      }),
    ),
    callHeader: fc.option(fc.constantFrom("Idempotency-Key", "Call")),
  })
  .filter((each) => checkPolicy(each) === null);

const requester: fc.Arbitrary<RequesterSetup> = fc.record(
  {
    name,
    subject,
    payload: fc.record({
      format: fc.constantFrom("json" as const, "text" as const),
      template: fc.oneof(anyText, fc.constant('{ "user_id": {{n}} }')),
    }),
    headers: fc.array(fc.record({ name: token, value: token }), { maxLength: 3 }),
    timeoutMs: fc.integer({ min: 1, max: 600_000 }),
    inbox: fc.constantFrom("multiplexed" as const, "perRequest" as const),
    policy,
  },
  { requiredKeys: ["name", "subject", "payload", "headers", "timeoutMs", "policy"] },
);

export const anyScenario = (mostPeers = 5): fc.Arbitrary<Scenario> =>
  fc.record(
    {
      title,
      note: title,
      server: fc.constantFrom("in-tab", "wss://demo.example:8443", "ws://127.0.0.1:9222/path?a=b"),
      lesson: fc.constantFrom("first-round-trip", "sharing"),
      view: fc.record(
        {
          tab: fc.constantFrom("timeline", "wire"),
          slowdown: fc.constantFrom(10, 5000),
          presenting: fc.boolean(),
        },
        { requiredKeys: [] },
      ),
      setup: fc.record({
        seed: fc.maxSafeInteger(),
        responders: fc.array(responder, { maxLength: mostPeers, size: "max" }),
        requesters: fc.array(requester, { maxLength: mostPeers, size: "max" }),
      }),
    },
    { requiredKeys: ["setup"] },
  );

/** Exactly 50 responders, and some requesters. */
export const largeScenario: fc.Arbitrary<Scenario> = fc.record({
  setup: fc.record({
    seed: fc.maxSafeInteger(),
    responders: fc.array(responder, { minLength: 50, maxLength: 50 }),
    requesters: fc.array(requester, { maxLength: 5 }),
  }),
});

/** What could do harm where a reader trusts what it reads. */
const trap = fc.constantFrom<unknown>(
  JSON.parse('{"__proto__":{"polluted":true}}'),
  { constructor: { prototype: { polluted: true } } },
  { toString: "x", valueOf: null },
  "javascript:alert(1)",
  "<img src=x onerror=alert(1)>",
  "wss://user:secret@example.com",
  Number.MAX_VALUE,
  -1,
  0.5,
  null,
  [],
  Array.from({ length: 300 }, () => ({})),
);

/** A valid document with one place of it replaced, taken away or added to. */
export const spoiled = (document: unknown): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.nat(),
      fc.constantFrom("replace", "remove", "add"),
      fc.oneof(trap, fc.jsonValue({ maxDepth: 2 })),
      fc.constantFrom("__proto__", "constructor", "roundtrip", "handler", "extra"),
    )
    .map(([at, action, value, key]) => {
      const copy: unknown = JSON.parse(JSON.stringify(document));
      const places: { readonly holder: object; readonly key: string }[] = [];
      const walk = (holder: unknown): void => {
        if (typeof holder !== "object" || holder === null) return;
        for (const [each, inner] of Object.entries(holder)) {
          places.push({ holder, key: each });
          walk(inner);
        }
      };
      walk(copy);
      const place = places[at % places.length];
      if (place === undefined) return value;
      if (action === "remove") Reflect.deleteProperty(place.holder, place.key);
      else {
        const where = action === "add" ? key : place.key;
        Object.defineProperty(place.holder, where, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
      }
      return copy;
    });
