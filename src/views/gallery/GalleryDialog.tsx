import { DialogBox } from "../controls/DialogBox.tsx";
import { useId } from "react";
import { GALLERY } from "../../gallery/catalogue.ts";
import type { GalleryEntry } from "../../gallery/entry.ts";
import { openScenario } from "../../stores/app/scenarioActions.ts";
import "./gallery.css";

interface Props {
  readonly onClose: () => void;
}

/** Ready scenarios, each with what it teaches and a picture of it. */
export function GalleryDialog({ onClose }: Props) {
  return (
    <DialogBox
      title="Gallery"
      words="Ready-made scenarios. Opening one replaces your setup, which is saved under Setups."
      className="gallery"
      onClose={onClose}
    >
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
    </DialogBox>
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
