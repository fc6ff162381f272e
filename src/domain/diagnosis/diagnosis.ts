import { diagnoseErrorReply } from "./diagnoseErrorReply.ts";
import { diagnoseNobody } from "./diagnoseNobody.ts";
import { diagnosePolicy } from "./diagnosePolicy.ts";
import { diagnoseTimeout } from "./diagnoseTimeout.ts";
import { diagnoseUnsent } from "./diagnoseUnsent.ts";
import type { Diagnosis, Failure, Scene } from "./failure.ts";

/** Why it failed; null for what did not fail. */
export function diagnose(failure: Failure, scene: Scene): Diagnosis | null {
  switch (failure.outcome) {
    case "replied":
      return null;
    case "errorReply":
      return diagnoseErrorReply(failure, scene);
    case "timedOut":
      return diagnoseTimeout(failure, scene);
    case "noResponders":
      return diagnoseNobody(failure, scene);
    case "connectionLost":
    case "refused":
    case "cancelled":
      return diagnoseUnsent(failure, scene);
    case "shortCircuited":
    case "fellBack":
      return diagnosePolicy(failure, scene);
  }
}
