import { Dialog } from "radix-ui";

interface Props {
  readonly shortcuts: readonly { readonly shown?: string; readonly words?: string }[];
  readonly onClose: () => void;
}

export function ShortcutSheet({ shortcuts, onClose }: Props) {
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <Dialog.Title className="dialog-title">Keyboard shortcuts</Dialog.Title>
          <dl className="shortcuts">
            {shortcuts
              .filter(({ shown }) => shown !== undefined)
              .map(({ shown, words }) => (
                <div key={shown} className="shortcut">
                  <dt>
                    <kbd>{shown}</kbd>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
          </dl>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
