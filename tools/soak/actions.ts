import type { Action } from "./action.ts";
import { PAGE_ACTIONS } from "./actions/ofThePage.ts";
import { REQUESTER_ACTIONS } from "./actions/ofRequesters.ts";
import { RESPONDER_ACTIONS } from "./actions/ofResponders.ts";
import { SERVER_ACTIONS } from "./actions/ofTheServer.ts";

/** All that a soak does. */
export const ACTIONS: readonly [Action, ...Action[]] = [
  ...RESPONDER_ACTIONS,
  ...REQUESTER_ACTIONS,
  ...PAGE_ACTIONS,
  ...SERVER_ACTIONS,
];
