import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  handleWhenResult,
  isBrokenCircuitError,
} from "cockatiel";
import { encodeReason, type Reason } from "../../domain/events/reasons.ts";
import type { EventSink } from "../../domain/events/batch.ts";
import { BREAKER_STATES, type BreakerState, KIND } from "../../domain/events/events.ts";
import type { Outcome } from "../../domain/events/outcomes.ts";
import { isFailure } from "../../domain/setup/policies.ts";
import type { BreakerPolicy, Policy } from "../../domain/setup/setup.ts";
import type { ExchangeEnd } from "./exchanges.ts";
import { encodeText } from "../connection/text.ts";

/** Attempts of one requester, kept from being sent while its breaker is open. */
export interface Breakers {
  /** Null: it was not attempted, since the breaker for this subject is open or tries a single attempt. */
  attempt(policy: Policy, subject: string, ask: () => Promise<ExchangeEnd>): Promise<ExchangeEnd | null>;
}

interface Current {
  readonly key: string;
  readonly circuit: CircuitBreakerPolicy;
}

/** An attempt that says nothing of the service it was for. */
class Neutral extends Error {
  readonly answer: ExchangeEnd;

  constructor(answer: ExchangeEnd) {
    super("neutral");
    this.answer = answer;
  }
}

const saysNothing = (outcome: Outcome): boolean => outcome === "cancelled" || outcome === "refused";

/** Remembers a requester's breaker from one call to the next, and records each change of its state. */
export function createBreakers(sink: EventSink, clock: () => number): Breakers {
  let current: Current | null = null;

  function record(state: BreakerState, openMs: number, failures: number, why: Reason): void {
    const code = BREAKER_STATES.indexOf(state);
    sink.record(KIND.breaker, clock(), 0, openMs, code, 0, failures, {
      payload: encodeText(encodeReason(why)),
    });
  }

  /** The breaker for a subject: another subject, or other settings, take another one. */
  function breakerFor(policy: Policy, rule: BreakerPolicy, subject: string): Current {
    const key = JSON.stringify([subject, rule.failures, rule.openMs, policy.on]);
    if (current?.key === key) return current;
    forget({ kind: "breakerChanged" });
    const consecutive = new ConsecutiveBreaker(rule.failures);
    const handled = handleWhenResult((result) => {
      const { outcome } = result as ExchangeEnd; // execute is given nothing else
      return isFailure(policy, outcome) || saysNothing(outcome);
    });
    const circuit = circuitBreaker(handled, { halfOpenAfter: rule.openMs, breaker: consecutive });
    const made: Current = { key, circuit };
    circuit.onBreak(() => {
      if (current !== made) return;
      const { state } = consecutive;
      record("open", rule.openMs, state, { kind: "failuresInARow", failures: state });
    });
    circuit.onHalfOpen(() => {
      if (current === made) record("halfOpen", 0, consecutive.state, { kind: "trial" });
    });
    circuit.onReset(() => {
      if (current === made) record("closed", 0, 0, { kind: "trialSucceeded" });
    });
    current = made;
    return made;
  }

  function forget(why: Reason): void {
    const before = current;
    current = null;
    if (before !== null && before.circuit.state !== CircuitState.Closed) record("closed", 0, 0, why);
  }

  return {
    async attempt(policy, subject, ask) {
      if (policy.breaker === null) {
        if (current !== null) forget({ kind: "breakerRemoved" });
        return ask();
      }
      const { circuit } = breakerFor(policy, policy.breaker, subject);
      // The library would keep others waiting for the one attempt that is let through.
      if (circuit.state === CircuitState.HalfOpen) return null;
      try {
        return await circuit.execute(async () => {
          const trial = circuit.state !== CircuitState.Closed;
          const answer = await ask();
          // Where it was the one that was let through, the breaker has learned nothing and opens again.
          if (saysNothing(answer.outcome) && !trial) throw new Neutral(answer);
          return answer;
        });
      } catch (thrown) {
        if (isBrokenCircuitError(thrown)) return null;
        if (thrown instanceof Neutral) return thrown.answer;
        throw thrown;
      }
    },
  };
}
