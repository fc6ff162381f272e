import { startRoomLink, type RoomLink } from "../../workers/links/roomLink.ts";
import { newPeerId } from "../peers/peersStore.ts";
import { connectionName } from "../server/classStore.ts";
import { serverStore } from "../server/serverStore.ts";

let link: RoomLink | null = null;

/** The connection for the class's own messages; null outside a class. */
export const roomLink = (): RoomLink | null => link;

/**
 * Opens it, again when a page that was left comes back. `onConnected` is called once for each opening, since subscriptions outlast a
 * reconnect; `onLeave` before the page is left.
 */
export function openRoomLink(
  onConnected: (link: RoomLink) => void,
  onHeard: (subject: string, text: string) => void,
  onLeave: () => void = () => {},
): void {
  const open = (): void => {
    let isNew = true;
    const opened = startRoomLink({
      peer: newPeerId(),
      name: connectionName("roundtrip-room"),
      server: serverStore.getState().address,
      seed: 0,
      onConnection({ kind }) {
        if (kind !== "connected" || !isNew) return;
        isNew = false;
        onConnected(opened);
      },
      onHeard,
      onProblem: () => {},
    });
    link = opened;
  };
  open();
  window.addEventListener("pagehide", () => {
    onLeave();
    link?.close();
    link = null;
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted && link === null) open();
  });
}
