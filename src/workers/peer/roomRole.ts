import { messageOf } from "../../wire/connection/message.ts";
import { encodeText } from "../../wire/connection/text.ts";
import type { RoomCommand } from "../messages.ts";
import type { Peer, Role } from "./peerWorker.ts";

/** A room's own messages, on a connection of their own, so that they are no part of what is recorded of anybody's requests. */
export const roomRole = (peer: Peer): Role<RoomCommand> => ({
  command(command) {
    const { connection } = peer;
    // What cannot be said now is said again soon; who hears subscribes when the page is told that it is connected.
    if (connection.live === null) return;
    if (command.type === "say")
      connection.publish(encodeText(command.subject), { payload: encodeText(command.text) });
    else
      connection.subscribe(
        command.subject,
        null,
        (frame) => {
          const { subject, text } = messageOf(frame);
          peer.tellRoom(subject, text);
        },
        () => {},
      );
  },
  connection: peer.tellConnection,
  close() {},
});
