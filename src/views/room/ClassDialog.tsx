import { QRCodeSVG } from "qrcode.react";
import { useStore } from "zustand";
import { classStore } from "../../stores/server/classStore.ts";
import { CopyTextButton } from "../controls/CopyTextButton.tsx";
import { DialogBox } from "../controls/DialogBox.tsx";
import { Roster } from "./Roster.tsx";
import { TeacherTools } from "./TeacherTools.tsx";
import "./room.css";

/** How others join: large enough for the back row of a class. */
export function ClassDialog({ onClose }: { readonly onClose: () => void }) {
  const state = useStore(classStore);
  if (state.kind !== "teacher") return null;
  const { links, joinCode } = state.seat;
  const [first, ...others] = links;
  return (
    <DialogBox
      title="Class"
      words="Everybody in this network can join with the link or the code, until you stop the program in the terminal."

      className="room-class"
      onClose={onClose}
    >
      {first === undefined ? (
        <p className="room-words">
          This machine has no address that others could reach. Connect it to the class’s network, and start
          again.
        </p>
      ) : (
        <div className="room-invitation">
          <QRCodeSVG value={first} size={232} level="L" marginSize={4} role="img" aria-label="QR code" />
          <div>
            <p className="room-words">Scan, or open</p>
            <p className="room-link mono" translate="no">
              {first}
            </p>
            <CopyTextButton text={first} />
          </div>
        </div>
      )}
      <p className="room-words">Join code</p>
      <p className="room-code mono" translate="no">
        {joinCode}
      </p>
      {others.length > 0 && (
        <>
          <p className="room-words">
            If that address is of another network, one of these may be the right one:
          </p>
          <ul className="room-links mono" translate="no">
            {others.map((link) => (
              <li key={link}>{link}</li>
            ))}
          </ul>
        </>
      )}
      <Roster />
      <TeacherTools />
    </DialogBox>
  );
}
