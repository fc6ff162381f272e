import { describeReason } from "../narration/describeReason.ts";
import { advice, type Diagnosis, type Failure, type Scene } from "./failure.ts";

/** What a requester's policy made of failures. */
export function diagnosePolicy({ outcome, reason, failedBefore = null }: Failure, _scene: Scene): Diagnosis {
  const said = reason === null ? [] : [describeReason(reason)];
  if (outcome === "shortCircuited") {
    return {
      title: "The circuit breaker is open",
      causes: [
        ...said,
        "So many calls had failed that this one was not even sent: it spares a service in trouble, and whoever would wait.",
      ],
      remedies: [
        failedBefore === null
          ? advice("See why the calls before it failed: what broke them keeps the breaker open.")
          : {
              words: "Look at the request that failed before it",
              deed: { kind: "lookAt", seq: failedBefore },
            },
        advice("When its time is over, one call is let through; if that succeeds, the breaker closes."),
      ],
    };
  }
  return {
    title: "The fallback stood in for a reply",
    causes: [...said, "No attempt brought a reply, so the call was given what its policy has for that."],
    remedies: [advice("Look at its attempts: each of them says why it failed.")],
  };
}
