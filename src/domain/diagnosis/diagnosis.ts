import { diagnoseErrorReply } from "./diagnoseErrorReply.ts";
import { diagnoseNobody } from "./diagnoseNobody.ts";
import { diagnosePolicy } from "./diagnosePolicy.ts";
import { diagnoseTimeout } from "./diagnoseTimeout.ts";
import { diagnoseUnsent } from "./diagnoseUnsent.ts";
import type { Diagnosis, Failure, DiagnosisContext } from "./failure.ts";

/** Why it failed; null for what did not fail. */
export function diagnose(failure: Failure, context: DiagnosisContext): Diagnosis | null {
  switch (failure.outcome) {
    case "replied":
      return null;
    case "errorReply":
      return diagnoseErrorReply(failure, context);
    case "timedOut":
      return diagnoseTimeout(failure, context);
    case "noResponders":
      return diagnoseNobody(failure, context);
    case "connectionLost":
    case "refused":
    case "cancelled":
      return diagnoseUnsent(failure, context);
    case "shortCircuited":
    case "fellBack":
      return diagnosePolicy(failure, context);
  }
}
