import { ATTEMPT_HEADER } from "../domain/setup/policies.ts";
import type { RequesterSetup } from "../domain/setup/setup.ts";
import type { Part } from "./layout.ts";
import { pythonLiteral as literal } from "./literals.ts";
import { policyParts, waitExpression } from "./policyParts.ts";

/** Whether an attempt has to know which one it is. */
const isNumbered = ({ policy }: RequesterSetup): boolean =>
  policy.callHeader !== null || policyParts(policy).retry?.timeouts === "exponential";

/** What an attempt takes; `number` and `name` as they are called there. */
const argumentsOf = (setup: RequesterSetup, number: string): string =>
  [
    "nc",
    "body",
    ...(isNumbered(setup) ? [number] : []),
    ...(setup.policy.callHeader === null ? [] : ["name"]),
  ].join(", ");

/** nats-py sends no headers with an inbox for each request. */
const ownInbox = ({ inbox, headers, policy }: RequesterSetup): boolean =>
  inbox === "perRequest" && headers.length === 0 && policy.callHeader === null;

/** One request and what became of it: the first reply, or as many as are gathered. */
export function pythonAttempt(setup: RequesterSetup): Part {
  const { callHeader, gather, retry } = policyParts(setup.policy);
  const entries = [
    ...setup.headers.map(({ name, value }) => `${literal(name)}: ${literal(value)}`),
    ...(callHeader === null
      ? []
      : [`${literal(callHeader)}: name`, `${literal(ATTEMPT_HEADER)}: str(number)`]),
  ];
  const timeout = retry?.timeouts === "exponential" ? "TIMEOUT_S * 2 ** (number - 1)" : "TIMEOUT_S";
  const headers = entries.length > 0 ? ", headers=headers" : "";
  return [
    `async def attempt(${argumentsOf(setup, "number")}):`,
    '    """One request: what became of it, the reply or the reason, and how long that took in ms."""',
    "    started = time.perf_counter()",
    ...(entries.length > 0 ? [`    headers = {${entries.join(", ")}}`] : []),
    ...(gather === null
      ? [
          '    kind, text = "replied", ""',
          "    try:",
          `        reply = await nc.request(SUBJECT, body.encode(), timeout=${timeout}${ownInbox(setup) ? ", old_style=True" : ""}${headers})`,
          '        text = reply.data.decode(errors="replace")',
          "        if is_error(reply, text):",
          '            kind = "error reply"',
          "    except NoRespondersError:",
          '        kind = "no responders"  # Nobody subscribes: the server says so at once.',
          "    except asyncio.TimeoutError:",
          '        kind = "timed out"  # Somebody subscribes, but did not answer in time.',
          "    except Error as error:",
          '        kind = "connection lost" if nc.is_closed or nc.is_reconnecting else f"failed ({error})"',
          "    return kind, text, (time.perf_counter() - started) * 1000",
        ]
      : gatherLines(gather, headers)),
  ];
}

function gatherLines(gather: NonNullable<RequesterSetup["policy"]["gather"]>, headers: string): string[] {
  const { count, forMs, gapMs, sentinel } = gather;
  return [
    "    inbox = nc.new_inbox()",
    "    replies = await nc.subscribe(inbox)",
    `    await nc.publish(SUBJECT, body.encode(), reply=inbox${headers})`,
    '    texts, errors, none = [], 0, "timed out"',
    `    until = time.perf_counter() + ${forMs / 1000}`,
    `    while ${count === null ? "True" : `len(texts) < ${count}`}:`,
    "        wait = until - time.perf_counter()",
    ...(gapMs === null ? [] : ["        if texts:", `            wait = min(wait, ${gapMs / 1000})`]),
    "        if wait <= 0:",
    "            break",
    "        try:",
    "            reply = await replies.next_msg(timeout=wait)",
    "        except asyncio.TimeoutError:",
    "            break",
    '        if not reply.data and (reply.headers or {}).get("Status") == "503":',
    '            none = "no responders"',
    "            break",
    ...(sentinel
      ? ["        if not reply.data:", "            break  # An empty reply says that there are no more."]
      : []),
    '        text = reply.data.decode(errors="replace")',
    "        texts.append(text)",
    "        errors += is_error(reply, text)",
    "    await replies.unsubscribe()",
    '    kind = none if not texts else "error reply" if errors == len(texts) else "replied"',
    '    return kind, "\\n".join(texts), (time.perf_counter() - started) * 1000',
  ];
}

/** One call: one attempt, or what the requester's policy makes of it. */
export function pythonCall(setup: RequesterSetup): Part[] {
  const { retry, breaker, fallback, failures, plain, callHeader } = policyParts(setup.policy);
  const once = breaker === null ? "attempt" : "guarded";
  const naming =
    callHeader === null
      ? []
      : ["    name = str(uuid.uuid4())  # The same for each attempt: a request may arrive twice."];
  if (plain) {
    return [
      [
        "async def call(nc, n):",
        "    body = payload(n)",
        ...naming,
        `    return await attempt(${argumentsOf(setup, "1")})`,
      ],
    ];
  }
  const wait =
    retry &&
    waitExpression(retry, {
      doubled: "2 ** (attempt - 2)",
      min: (a, b) => `min(${a}, ${b})`,
      max: (a, b) => `max(${a}, ${b})`,
      random: "random.random()",
    });
  return [
    [
      "# What is tried again, counted by a breaker, or replaced by a fallback.",
      `FAILURES = (${failures.map((each) => `${literal(each)},`).join(" ")})`,
    ],
    breaker === null
      ? []
      : [
          'breaker = {"failures": 0, "open_until": 0.0, "trying": False}',
          "",
          "",
          `async def guarded(${argumentsOf(setup, "number")}):`,
          '    """An attempt, unless the breaker is open: then nothing is sent."""',
          '    if time.perf_counter() < breaker["open_until"] or breaker["trying"]:',
          "        return None",
          '    tried = breaker["trying"] = breaker["open_until"] > 0',
          `    outcome = await attempt(${argumentsOf(setup, "number")})`,
          '    breaker["trying"] = False',
          "    if outcome[0] not in FAILURES:",
          "        breaker.update(failures=0, open_until=0.0)",
          "    else:",
          '        breaker["failures"] += 1',
          `        if tried or breaker["failures"] >= ${breaker.failures}:`,
          `            breaker["open_until"] = time.perf_counter() + ${breaker.openMs / 1000}`,
          "    return outcome",
        ],
    retry === null
      ? []
      : [
          "def wait_ms(attempt, before):",
          '    """How long to wait before an attempt, which counts from 2."""',
          `    return ${wait ?? "0"}`,
        ],
    [
      "async def call(nc, n):",
      "    body = payload(n)",
      ...naming,
      `    last = await ${once}(${argumentsOf(setup, "1")})${breaker === null ? "" : ' or ("short-circuited", "", 0.0)'}`,
      ...(retry === null
        ? []
        : [
            "    before = 0",
            `    for number in range(2, ${retry.attempts + 1}):`,
            "        if last[0] not in FAILURES:",
            "            break",
            "        before = wait_ms(number, before)",
            "        await asyncio.sleep(before / 1000)",
            ...(breaker === null
              ? [`        last = await attempt(${argumentsOf(setup, "number")})`]
              : [
                  `        again = await guarded(${argumentsOf(setup, "number")})`,
                  "        if again is None:",
                  "            break",
                  "        last = again",
                ]),
          ]),
      ...(fallback === null
        ? []
        : [
            `    if last[0] in FAILURES${breaker === null ? "" : ' or last[0] == "short-circuited"'}:`,
            `        return "fell back", ${literal(fallback)}, last[2]`,
          ]),
      "    return last",
    ],
  ];
}
