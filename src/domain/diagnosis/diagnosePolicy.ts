import { describeReason } from "../narration/describeReason.ts";
import { advice, type Diagnosis, type Failure, type DiagnosisContext } from "./failure.ts";

/** What a requester's policy made of failures. */
export function diagnosePolicy(
  { outcome, reason, failedBefore = null }: Failure,
  _scene: DiagnosisContext,
): Diagnosis {
  const said = reason === null ? [] : [describeReason(reason)];
  if (outcome === "shortCircuited") {
    return {
      title: "The circuit breaker is open",
      causes: [
        ...said,
        "So many calls had failed that this one was not sent. That protects a struggling service, and nobody has to wait.",
      ],
      remedies: [
        failedBefore === null
          ? advice("Find out why the calls before it failed: that is what opened the breaker.")
          : {
              words: "Look at the request that failed before it",
              action: { kind: "lookAt", seq: failedBefore },
            },
        advice("After its open time, one trial call is allowed. If it succeeds, the breaker closes."),
      ],
    };
  }
  return {
    title: "The fallback replaced a reply",
    causes: [...said, "No attempt got a reply, so the call got the fallback of its policy."],
    remedies: [advice("Look at its attempts: each of them says why it failed.")],
  };
}
