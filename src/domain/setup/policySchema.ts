import * as v from "valibot";
import { checkHeaderName } from "../messages/headersBlock.ts";
import { checkTemplateSize } from "../messages/templates.ts";
import { checkPolicy, FAILURE_OUTCOMES, POLICY_LIMITS } from "./policies.ts";
import { number, object, saidBy, text } from "./schemaParts.ts";

const whole = ({ least, most }: { readonly least: number; readonly most: number }) =>
  v.pipe(
    number(),
    v.integer("It should be a whole number."),
    v.minValue(least, `It should be at least ${least}.`),
    v.maxValue(most, `It should be at most ${most}.`),
  );

/** A policy from storage, from a link or from a file. */
export const policySchema = v.pipe(
  object({
    on: v.pipe(
      v.array(
        v.picklist(FAILURE_OUTCOMES, `It should be one of ${FAILURE_OUTCOMES.join(", ")}.`),
        "It should be a list.",
      ),
      v.maxLength(FAILURE_OUTCOMES.length, "It names an outcome twice."),
      v.readonly(),
    ),
    retry: v.nullable(
      object({
        attempts: whole(POLICY_LIMITS.attempts),
        timeouts: v.picklist(["same", "exponential"], "It should be same or exponential."),
        backoff: v.picklist(["none", "fixed", "exponential"], "It should be none, fixed or exponential."),
        firstDelayMs: whole(POLICY_LIMITS.delayMs),
        maxDelayMs: whole(POLICY_LIMITS.delayMs),
        jitter: v.picklist(["none", "full", "decorrelated"], "It should be none, full or decorrelated."),
      }),
    ),
    breaker: v.nullable(
      object({ failures: whole(POLICY_LIMITS.failures), openMs: whole(POLICY_LIMITS.openMs) }),
    ),
    fallback: v.nullable(
      object({
        format: v.picklist(["json", "text"], "It should be json or text."),
        text: v.pipe(text, saidBy(checkTemplateSize)),
      }),
    ),
    gather: v.nullable(
      object({
        count: v.nullable(whole(POLICY_LIMITS.count)),
        forMs: whole(POLICY_LIMITS.forMs),
        gapMs: v.nullable(whole(POLICY_LIMITS.gapMs)),
        sentinel: v.boolean("It should be true or false."),
      }),
    ),
    callHeader: v.nullable(v.pipe(text, saidBy(checkHeaderName))),
  }),
  saidBy(checkPolicy),
);
