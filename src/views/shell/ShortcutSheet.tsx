import { DialogBox } from "../controls/DialogBox.tsx";

interface Props {
  readonly shortcuts: readonly { readonly shown?: string; readonly words?: string }[];
  readonly onClose: () => void;
}

export function ShortcutSheet({ shortcuts, onClose }: Props) {
  return (
    <DialogBox title="Keyboard shortcuts" onClose={onClose}>
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
      <p className="shortcuts-foot">
        <a href="./licenses.txt" target="_blank" rel="noopener">
          Licences
        </a>{" "}
        of all that this page contains
      </p>
    </DialogBox>
  );
}
