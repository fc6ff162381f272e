import { advice, type Diagnosis, type Failure, type Remedy, type Scene } from "./failure.ts";
import { OUTSIDE } from "./events.ts";
import type { Exchange } from "./exchange.ts";
import { formatBytes } from "./formats.ts";
import { OUTCOME_WORDS } from "./outcomes.ts";
import { readOversizedReply } from "./oversizedReply.ts";
import { decodeUtf8 } from "./utf8.ts";

/** A reply came in time, and says that something is wrong. */
export function diagnoseErrorReply(failure: Failure, scene: Scene): Diagnosis {
  const { exchange } = failure;
  const reply = exchange?.arrivals.find(({ verdict }) => verdict === "taken");
  const delivery = exchange?.deliveries.find(({ peer }) => peer === reply?.from);
  const from = reply?.from ?? OUTSIDE;
  const name = from === OUTSIDE ? "a program outside this page" : scene.nameOf(from);
  const words = delivery?.error || errorIn(reply ? decodeUtf8(reply.message.bytes) : "");
  const responder = scene.responders.find(({ id }) => id === from);

  const oversized = readOversizedReply(words);
  if (oversized) {
    const { size, mostBytes } = oversized;
    return {
      title: "The reply was too large",
      causes: [
        `${name} had a reply of ${formatBytes(size)}, and the server takes at most ${formatBytes(mostBytes)}: ${formatBytes(size - mostBytes)} too much.`,
        "Roundtrip sends an error in its place. In most programs such a reply never leaves, and whoever asked learns only of a timeout.",
      ],
      remedies: [
        advice("Reply with less: page by page, or with a reference to where the rest is kept."),
        advice("Or raise max_payload in the server’s configuration."),
      ],
    };
  }
  if (responder && words.startsWith("A simulated failure")) {
    return {
      title: `${name} fails on purpose`,
      causes: [words, "Its handler did not run: its share of error replies picked this request."],
      remedies: [
        {
          words: `Set the error replies of ${name} to 0`,
          deed: { kind: "stopFailing", responder: responder.id },
        },
      ],
    };
  }
  const inTurn = failure.nested.filter(({ outcome }) => outcome !== null && outcome !== "replied");
  const threw = delivery?.result === "threw";
  return {
    title: threw ? `The handler of ${name} failed` : `${name} answered that something is wrong`,
    causes: [
      words === "" ? "The reply says that it is an error, and not why." : `It says: ${words}`,
      threw
        ? "What a handler throws is answered with an error, so that nobody waits in vain."
        : "The request arrived, was handled and answered in time: the way works, what was asked does not.",
      ...inTurn.map(inTurnWords),
    ],
    remedies: [
      ...inTurn.map(lookAt),
      advice(
        threw ? "Mend the handler, or what it depends on." : "Correct the payload by what the reply says.",
      ),
    ],
  };
}

export const inTurnWords = ({ subject, outcome }: Exchange): string =>
  `Its handler asked ${subject} in turn, and that ended with: ${outcome === null ? "nothing yet" : OUTCOME_WORDS[outcome]}.`;

export const lookAt = ({ subject, seq }: Exchange): Remedy => ({
  words: `Look at the request to ${subject}`,
  deed: { kind: "lookAt", seq },
});

/** The `error` of a JSON object as text; empty where there is none. */
function errorIn(text: string): string {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== "object" || said === null || !("error" in said)) return "";
    return typeof said.error === "string" ? said.error : JSON.stringify(said.error);
  } catch {
    return "";
  }
}
