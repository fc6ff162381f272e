import { deriveSeed, seededRandom } from "../../domain/base/random.ts";
import type { RequesterSetup } from "../../domain/setup/setup.ts";
import { compilePayload } from "../../domain/messages/templates.ts";
import { encodeText } from "../../wire/connection/text.ts";
import { isPlain } from "../../wire/requests/attempts.ts";
import { prepareRequest } from "../../wire/requests/preparedRequest.ts";
import type { CallEnd, Requester } from "../../wire/requests/request.ts";

/** Makes calls of one kind, each with the next number. */
export interface CallSource {
  next(): Promise<CallEnd>;
}

/** `first` numbers the first call for `{{n}}`. */
export function createCallSource(
  requester: Requester,
  setup: RequesterSetup,
  first: number,
  seed: number,
): CallSource {
  const request = prepareRequest(setup.subject, setup.headers, setup.timeoutMs, setup.inbox);
  const plain = isPlain(setup.policy);
  const render = compilePayload(setup.payload);
  let n = first;
  return {
    next() {
      // Drawn from the call's own number: the same call has the same payload, whichever load it is part of.
      let random: (() => number) | undefined;
      const number = n++;
      const draw = (): number => (random ??= seededRandom(deriveSeed(seed, "payload", number)))();
      const rendered = render(number, draw);
      const payload = typeof rendered === "string" ? encodeText(rendered) : rendered;
      if (plain) return requester.call(request, payload);
      const jitter = seededRandom(deriveSeed(seed, "jitter", number));
      return requester.call(request, payload, { policy: setup.policy, random: jitter });
    },
  };
}
