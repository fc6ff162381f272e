import { DialogBox } from "../controls/DialogBox.tsx";
import { ServerForm } from "./ServerForm.tsx";
import "./serverDialog.css";

interface Props {
  readonly onClose: () => void;
}

export function ServerDialog({ onClose }: Props) {
  return (
    <DialogBox
      title="Connect to a server"
      words="Every requester and responder of this page reconnects to it."
      onClose={onClose}
    >
      <ServerForm onClose={onClose} />
    </DialogBox>
  );
}
