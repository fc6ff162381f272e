import { sameRequest, type SameRequest } from "../../domain/exchanges/sameRequest.ts";
import type { Exchange } from "../../domain/events/exchange.ts";
import { ATTEMPT_HEADER } from "../../domain/setup/policies.ts";
import { setFolded } from "../page/panelsStore.ts";
import { activate, activeRequester } from "./activeRequester.ts";
import { requesterLink } from "./peerLinks.ts";
import { patchRequester, requesterOf, type RequesterPeer } from "./peersStore.ts";
import { editRequester } from "./requesterActions.ts";

/** Which requester sends a request again: its own, or the active one where that is gone or elsewhere. */
export const resenderOf = ({ requester }: Exchange): RequesterPeer | undefined =>
  (requester === null ? undefined : requesterOf(requester)) ?? activeRequester();

/** The request as this requester would send it again; null where not all of its bytes are in the record. */
export function requestAgain(exchange: Exchange, { setup }: RequesterPeer): SameRequest | null {
  const { callHeader } = setup.policy;
  return sameRequest(exchange, callHeader === null ? [] : [callHeader, ATTEMPT_HEADER]);
}

/** Makes a call with the same message, under the requester's timeout and policy of now. */
export function sendAgain({ id, setup, asked }: RequesterPeer, request: SameRequest): void {
  const link = requesterLink(id);
  if (!link) return;
  patchRequester(id, { asked: asked + 1 });
  link.send({ ...setup, ...request }, 1, asked + 1);
}

/** Puts the message into the requester's form, to be changed and sent. */
export function openInForm({ id }: RequesterPeer, request: SameRequest): void {
  editRequester(id, request);
  activate(id);
  setFolded("setup", false);
}
