import { PLAIN_POLICY } from "./policies.ts";
import type { LoadPlan, RequesterSetup, ResponderSetup, Setup } from "./setup.ts";

/** The first screen: everything needed for one round trip is there, and one button makes it. */
export const DEFAULT_RESPONDER: ResponderSetup = {
  name: "responder-1",
  subject: "user.get",
  queue: "users",
  handler: { kind: "builtin", id: "user-lookup" },
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
};

export const DEFAULT_REQUESTER: RequesterSetup = {
  name: "client-1",
  subject: "user.get",
  payload: { format: "json", template: '{ "user_id": {{n}} }' },
  headers: [],
  timeoutMs: 2000,
  policy: PLAIN_POLICY,
};

export const DEFAULT_SETUP: Setup = {
  seed: 1,
  responders: [DEFAULT_RESPONDER],
  requesters: [DEFAULT_REQUESTER],
};

export const DEFAULT_PLAN: LoadPlan = {
  kind: "concurrency",
  concurrency: 10,
  bounds: { requests: 1000, durationMs: null },
};
