import { formatBytes, formatMs } from "../../domain/base/formats.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import type { LessonAction } from "../actions.ts";
import type { Lesson, Measure } from "../lesson.ts";
import type { LessonView } from "../lessonView.ts";
import { answeredAt, beganAt } from "../looks.ts";
import { requester, responder } from "../peers.ts";

const SUBJECT = "echo";
const SMALL = 100;
const LARGE = 300_000;
/** More than a nats-server takes unless it is told otherwise: 1 MiB. */
const TOO_LARGE = 1_100_000;
const TIMES = 5;
const LINE = 200;

/** A text of so many bytes, in lines that a form can show. */
const filler = (bytes: number): string => `${"x".repeat(LINE - 1)}\n`.repeat(bytes / LINE);

const sizeOf = ({ request }: Exchange): number => request?.size ?? 0;

const echoed = (seen: LessonView): Exchange[] =>
  seen.talks
    .map(({ exchange }) => exchange)
    .filter((exchange) => exchange.subject === SUBJECT && answeredAt(exchange) !== null);

const tookMs = (exchange: Exchange): number => (answeredAt(exchange) ?? 0) - (beganAt(exchange) ?? 0);

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** How large they were, and how long they took. */
function measures(exchanges: readonly Exchange[]): Measure[] {
  const [newest] = exchanges;
  if (!newest) return [];
  return [
    { label: "payload", value: formatBytes(sizeOf(newest)) },
    { label: `median of ${exchanges.length}`, value: formatMs(median(exchanges.map(tookMs))) },
  ];
}

const small = (seen: LessonView) => echoed(seen).filter((exchange) => sizeOf(exchange) <= SMALL);
const large = (seen: LessonView) => echoed(seen).filter((exchange) => sizeOf(exchange) >= LARGE);

const send = (name: string, count: number): readonly LessonAction[] => [
  { do: "send", requester: name, count },
  { do: "until", what: "settled" },
];

const one = (name: string, bytes: number) =>
  requester(name, {
    subject: SUBJECT,
    payload: { format: "text", template: bytes < LINE ? "hello" : filler(bytes) },
    timeoutMs: 5000,
  });

export const lesson: Lesson = {
  id: "small-payloads",
  title: "Small payloads",
  minutes: 5,
  learn: [
    "What the size of a [[payload]] does to a round trip",
    "What happens to a message that is larger than the server takes",
  ],
  words: [
    "A request crosses two connections on its way, and so does its reply: every byte is copied four times. `echo` sends back what it gets, so that both ways are the same.",
  ],
  scenario: {
    seed: 8,
    responders: [
      responder("echo", { subject: SUBJECT, queue: null, handler: { kind: "builtin", id: "echo" } }),
    ],
    requesters: [one("small", SMALL), one("large", LARGE), one("too-large", TOO_LARGE)],
  },
  steps: [
    {
      id: "small",
      instruction: `Send ${TIMES} at once from **small**: five bytes each.`,
      condition: (seen) => ({ done: Math.min(TIMES, small(seen).length), of: TIMES }),
      hint: `Set **Requests to send** to ${TIMES} in small and press **Send ${TIMES} at once**.`,
      notice:
        "Next to nothing but the way itself. The line that carries the message is longer than its payload: see **Wire**.",
      doIt: send("small", TIMES),
      measure: (seen) => measures(small(seen)),
    },
    {
      id: "large",
      instruction: `Open the requester **large**, and send ${TIMES} at once: ${formatBytes(LARGE)} each.`,
      condition: (seen) => ({ done: Math.min(TIMES, large(seen).length), of: TIMES }),
      hint: "Click large in the list of requesters: its form opens. Any payload of that size to `echo` will do.",
      notice:
        "Compare the medians: the same handler and the same way. Large messages take their time on every connection, and others on it wait behind them. Send what is needed, or where it can be fetched.",
      doIt: send("large", TIMES),
      measure: (seen) => measures(large(seen)),
    },
    {
      id: "too-large",
      instruction: `Press **Send** in **too-large**: ${formatBytes(TOO_LARGE)}.`,
      condition: (seen) => seen.counts.calls.outcomes.refused > 0,
      hint: "The server says how much it takes when a client connects; 1 MiB unless it is told otherwise. One that takes more needs a larger payload here.",
      notice:
        "Refused, before anything was sent: the client knows the server's limit, `max_payload`. “Why did that fail?” in the **Inspector** has both sizes. A reply that is too large looks worse: the responder cannot send it, and its requester waits for its timeout.",
      doIt: send("too-large", 1),
    },
  ],
};
