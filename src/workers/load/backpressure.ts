import type { Connection } from "../../wire/connection/connect.ts";
import type { Requester } from "../../wire/requests/request.ts";

/** Each call in flight holds a timer, a promise and a place in the record: more of them tell nothing more. */
const MOST_IN_FLIGHT = 50_000;
/** Above this the network takes bytes more slowly than they are made. */
const MOST_WAITING_BYTES = 16 * 1024 * 1024;

/** Whether one more call can be made without piling up what the network or the server cannot take. */
export const hasCapacity = (requester: Requester, connection: Connection): boolean =>
  requester.inFlight < MOST_IN_FLIGHT && connection.waitingBytes < MOST_WAITING_BYTES;
