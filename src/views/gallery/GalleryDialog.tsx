import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { useId } from "react";
import { GALLERY } from "../../gallery/catalogue.ts";
import type { GalleryEntry } from "../../gallery/entry.ts";
import { openScenario } from "../../stores/scenarioActions.ts";
import { IconButton } from "../controls/IconButton.tsx";
import "./gallery.css";

interface Props {
  readonly onClose: () => void;
}

/** Ready scenarios, each with what it teaches and a picture of it. */
export function GalleryDialog({ onClose }: Props) {
  return (
    <Dialog.Root open onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog gallery">
          <header className="gallery-head">
            <div>
              <Dialog.Title className="dialog-title">Gallery</Dialog.Title>
              <Dialog.Description className="gallery-words">
                Ready scenarios. One that you open takes the place of your setup, which is kept.
              </Dialog.Description>
            </div>
            <Dialog.Close asChild>
              <IconButton label="Close">
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </header>
          {GALLERY.map(({ title, entries }) => (
            <section key={title} aria-label={title}>
              <h3 className="gallery-shelf">{title}</h3>
              <ul className="gallery-entries">
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} onClose={onClose} />
                ))}
              </ul>
            </section>
          ))}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Entry({ entry, onClose }: Props & { readonly entry: GalleryEntry }) {
  const { id, title, teaches, scenario } = entry;
  const words = useId();
  return (
    <li>
      <button
        type="button"
        className="gallery-entry"
        aria-label={title}
        aria-describedby={words}
        onClick={() => {
          openScenario(scenario, `“${title}”`);
          onClose();
        }}
      >
        <span className="gallery-picture">
          {(["light", "dark"] as const).map((theme) => (
            <img
              key={theme}
              src={`./gallery/${id}-${theme}.webp`}
              data-for={theme}
              alt=""
              width={640}
              height={360}
              loading="lazy"
              decoding="async"
            />
          ))}
        </span>
        <span className="gallery-title">{title}</span>
        <span className="gallery-teaches" id={words}>
          {teaches}
        </span>
      </button>
    </li>
  );
}
