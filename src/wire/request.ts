import type { EventSink } from "../domain/batch.ts";
import { type CallId, KIND, type PeerId } from "../domain/events.ts";
import { type Outcome, outcomeCode } from "../domain/outcomes.ts";
import { encodeText } from "./text.ts";
import type { Asker, Question } from "./ask.ts";

export interface CallEnd {
  readonly outcome: Outcome;
  /** Whether anything was published for it. */
  readonly sent: boolean;
}

export interface Requester {
  /** One call: asked for, attempted, concluded exactly once. Never rejects. */
  call(question: Question, payload: Uint8Array): Promise<CallEnd>;
  /** Gives up every call in flight. */
  cancel(reason: string): void;
  readonly inFlight: number;
}

/** Above this a running number would reach into the next peer's calls. */
const CALLS_PER_PEER = 2 ** 32;

export function createRequester(peer: PeerId, asker: Asker, sink: EventSink, clock: () => number): Requester {
  let made = 0;
  let inFlight = 0;
  return {
    async call(question, payload) {
      const id: CallId = peer * CALLS_PER_PEER + (++made % CALLS_PER_PEER);
      inFlight++;
      sink.record(KIND.called, clock(), 0, id, 0, 0, 0);
      const { outcome, reason, key } = await asker.ask(question, payload, id, false);
      inFlight--;
      const texts = reason === "" ? undefined : { payload: encodeText(reason) };
      sink.record(KIND.concluded, clock(), key, id, outcomeCode(outcome), 0, 0, texts);
      return { outcome, sent: key !== 0 };
    },
    cancel: (reason) => asker.cancel(reason),
    get inFlight() {
      return inFlight;
    },
  };
}
