import { Dialog } from "radix-ui";
import { ServerForm } from "./ServerForm.tsx";
import "./serverDialog.css";

interface Props {
  readonly onClose: () => void;
}

export function ServerDialog({ onClose }: Props) {
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog">
          <Dialog.Title className="dialog-title">Connect to a server</Dialog.Title>
          <Dialog.Description className="dialog-words">
            Every requester and responder of this page connects to it anew.
          </Dialog.Description>
          <ServerForm onClose={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
