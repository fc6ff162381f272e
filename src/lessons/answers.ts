import { describeReasonIfAny } from "../domain/narration/describeReason.ts";
import type { CaseAnswer } from "./cases.ts";

/** Reading what services said, which may be anything. */

/** The member of a JSON object; undefined where there is none. */
export const memberOf = (json: unknown, name: string): unknown =>
  typeof json === "object" && json !== null && Object.hasOwn(json, name)
    ? Reflect.get(json, name)
    : undefined;

/** Checks a case: these members, as they are. Others may stand beside them. */
export const replies =
  (expected: Readonly<Record<string, unknown>>) =>
  (answer: CaseAnswer): string | null => {
    const silence = noReply(answer);
    if (silence !== null) return silence;
    for (const [name, value] of Object.entries(expected)) {
      const given = memberOf(answer.json, name);
      if (JSON.stringify(given) !== JSON.stringify(value))
        return `${name} is ${given === undefined ? "missing" : JSON.stringify(given)}, not ${JSON.stringify(value)}`;
    }
    return null;
  };

/** Checks a case: an error reply whose `error` has to do with this, and these members beside it. */
export const repliesError =
  (words: RegExp, beside: Readonly<Record<string, unknown>> = {}) =>
  (answer: CaseAnswer): string | null => {
    const silence = noReply(answer);
    if (silence !== null) return silence;
    const error = memberOf(answer.json, "error");
    if (typeof error !== "string") return "it is no error reply: the member error is missing";
    if (!words.test(error)) return `its error does not say what is wrong: “${error}”`;
    return replies(beside)(answer);
  };

function noReply({ outcome, reason, json }: CaseAnswer): string | null {
  if (outcome !== "replied" && outcome !== "errorReply") return `no reply: ${describeReasonIfAny(reason)}`;
  return json === undefined ? "the reply is no JSON" : null;
}
