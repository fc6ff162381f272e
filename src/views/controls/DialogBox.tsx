import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { IconButton } from "./IconButton.tsx";
import { Notices } from "./Notices.tsx";
import "./dialogBox.css";

interface Props {
  readonly title: string;
  /** What it is about, under the title. */
  readonly words?: ReactNode;
  readonly className?: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog for as long as it is rendered. It gives the focus back to whatever had it before. */
export function DialogBox({ title, words, className = "", onClose, children }: Props) {
  const [opener] = useState(() => document.activeElement);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content
          className={`dialog dialog-box ${className}`}
          {...(words === undefined && { "aria-describedby": undefined })}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
          }}
        >
          <div className="dialog-body">
            <Dialog.Title className="dialog-title">{title}</Dialog.Title>
            {words !== undefined && <Dialog.Description className="dialog-words">{words}</Dialog.Description>}
            {children}
          </div>
          <Notices within="dialog" />
          {/* The last, so that the focus begins with what the dialog is for. */}
          <Dialog.Close asChild>
            <IconButton label="Close" className="dialog-close">
              <X size={16} />
            </IconButton>
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
