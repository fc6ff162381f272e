import type { Reason } from "../events/reasons.ts";
import { IN_TAB } from "./inTabServer.ts";

/** How to reach the server. Credentials live here and in memory only: never in an address, never in storage. */
export interface ServerAddress {
  /** `ws://` or `wss://`, or `in-tab` for the nats-server in this browser. */
  readonly url: string;
  /** On a server that is shared with strangers: the first word of every subject, inboxes apart. Left out elsewhere. */
  readonly prefix?: string;
  readonly credentials:
    | { readonly kind: "none" }
    | { readonly kind: "user"; readonly user: string; readonly password: string }
    | { readonly kind: "token"; readonly token: string };
}

/** The server as it is named within a sentence: by its address, if it has one. */
export const serverName = (url: string): string => (url === IN_TAB ? "the nats-server in this browser" : url);

/** The server as a sentence about it begins. */
export const serverAt = (url: string): string =>
  url === IN_TAB ? "The nats-server in this browser" : `The server at ${url}`;

/** How a connection stands. */
export type ConnectionState =
  | { readonly kind: "connecting" }
  | {
      readonly kind: "connected";
      readonly server: {
        readonly name: string;
        readonly version: string;
        readonly maxPayload: number;
        /** The server's own number of this connection, by which its monitoring lists it; null where it gave none. */
        readonly clientId: number | null;
      };
      /** Round trip to the server in ms, from PING to PONG on this connection; null until measured. */
      readonly rttMs: number | null;
    }
  | { readonly kind: "reconnecting"; readonly attempt: number; readonly reason: Reason }
  /** Given up, or refused. */
  | { readonly kind: "failed"; readonly reason: Reason }
  | { readonly kind: "closed" };

/** How a peer stands with its connection. */
export type PeerConnection =
  | ConnectionState
  /** It is up, and of no use to a responder: the server has not taken its subscription. */
  | { readonly kind: "notSubscribed"; readonly reason: Reason };
