import { PLAIN_POLICY } from "../domain/setup/policies.ts";
import type { RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";

/** A responder for a scenario: `user.get` in the queue group `users`, unless said otherwise. */
export function responder(
  name: string,
  setup: Partial<ResponderSetup> & { readonly ms?: number } = {},
): ResponderSetup {
  const { ms, ...rest } = setup;
  return {
    name,
    subject: "user.get",
    queue: "users",
    handler: { kind: "builtin", id: "user-lookup" },
    delay: ms === undefined ? { kind: "none" } : { kind: "fixed", ms },
    handling: "concurrent",
    errorShare: 0,
    dropShare: 0,
    ...rest,
  };
}

/** A requester for a scenario: it asks `user.get` for a user, unless said otherwise. */
export function requester(name: string, setup: Partial<RequesterSetup> = {}): RequesterSetup {
  return {
    name,
    subject: "user.get",
    payload: { format: "json", template: '{ "user_id": {{n}} }' },
    headers: [],
    timeoutMs: 2000,
    policy: PLAIN_POLICY,
    ...setup,
  };
}
