import type { Deed } from "./deed.ts";
import { PAGE_DEEDS } from "./deeds/ofThePage.ts";
import { REQUESTER_DEEDS } from "./deeds/ofRequesters.ts";
import { RESPONDER_DEEDS } from "./deeds/ofResponders.ts";
import { SERVER_DEEDS } from "./deeds/ofTheServer.ts";

/** All that a soak does. */
export const DEEDS: readonly [Deed, ...Deed[]] = [
  ...RESPONDER_DEEDS,
  ...REQUESTER_DEEDS,
  ...PAGE_DEEDS,
  ...SERVER_DEEDS,
];
