import { FolderOpen, Pencil, Trash2 } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { useStore } from "zustand";
import {
  deleteSetup,
  keepAs,
  keptSetupsStore,
  renameSetup,
  type KeptSetup,
} from "../../stores/setup/keptSetups.ts";
import { currentScenario, openFile, openScenario } from "../../stores/app/scenarioActions.ts";
import { DialogBox } from "../controls/DialogBox.tsx";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import "./share.css";

/** The setups that this browser keeps, and those in files. */
export function SetupsDialog({ onClose }: { readonly onClose: () => void }) {
  const setups = useStore(keptSetupsStore, ({ setups }) => setups);
  const named = setups.filter(({ name }) => name !== null);
  const recent = setups.filter(({ name }) => name === null);
  return (
    <DialogBox
      title="Setups"
      words="Saved in this browser. To pass one on, open it and press Share."
      className="share"
      onClose={onClose}
    >
      <KeepForm />
      <SetupList title="Kept" setups={named} onOpened={onClose}>
        None yet. Name the current setup to keep it.
      </SetupList>
      <SetupList title="Recent" setups={recent} onOpened={onClose}>
        Replaced setups are saved here automatically.
      </SetupList>
      <FileChoice onOpened={onClose} />
    </DialogBox>
  );
}

function KeepForm() {
  const [name, setName] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const taken = useStore(keptSetupsStore, ({ setups }) => setups.some((each) => each.name === name.trim()));
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = keepAs(name, currentScenario());
    setProblem(wrong);
    if (wrong === null) setName("");
  };
  return (
    <form className="dialog-form" onSubmit={keep}>
      <Field
        label="Keep this setup as"
        problem={problem}
        hint={taken ? "This replaces the setup of the same name." : undefined}
      >
        {(wiring) => (
          <div className="share-link">
            <input
              {...wiring}
              className="input"
              value={name}
              autoComplete="off"
              onChange={(event) => {
                setName(event.target.value);
                setProblem(null);
              }}
            />
            <Button type="submit">{taken ? "Replace" : "Keep"}</Button>
          </div>
        )}
      </Field>
    </form>
  );
}

interface ListProps {
  readonly title: string;
  readonly setups: readonly KeptSetup[];
  readonly children: string;
  readonly onOpened: () => void;
}

function SetupList({ title, setups, children, onOpened }: ListProps) {
  return (
    <section className="setups" aria-label={`${title} setups`}>
      <h3 className="setups-title">{title}</h3>
      {setups.length === 0 && <p className="field-hint">{children}</p>}
      <ul className="setups-list">
        {setups.map((each) => (
          <SetupRow key={each.id} kept={each} onOpened={onOpened} />
        ))}
      </ul>
    </section>
  );
}

function SetupRow({ kept, onOpened }: { readonly kept: KeptSetup; readonly onOpened: () => void }) {
  const [name, setName] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { responders, requesters } = kept.document.setup;
  const called = kept.name ?? kept.document.title ?? WHEN.format(kept.at);
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = renameSetup(kept.id, name ?? "");
    setProblem(wrong);
    if (wrong === null) setName(null);
  };
  const open = (): void => {
    const { roundtrip: _, ...scenario } = kept.document;
    openScenario(scenario, `“${called}”`);
    onOpened();
  };
  if (name !== null) {
    return (
      <li>
        <form className="dialog-form" onSubmit={rename}>
          <Field label={`New name of ${called}`} problem={problem}>
            {(wiring) => (
              <div className="share-link">
                <input
                  {...wiring}
                  className="input"
                  value={name}
                  autoFocus // oxlint-disable-line jsx-a11y/no-autofocus -- it takes the place of the button that was pressed
                  onChange={(event) => setName(event.target.value)}
                />
                <Button type="submit">Rename</Button>
                <Button look="quiet" onClick={() => setName(null)}>
                  Cancel
                </Button>
              </div>
            )}
          </Field>
        </form>
      </li>
    );
  }
  return (
    <li className="setups-row">
      <button type="button" className="setups-open" onClick={open} aria-label={`Open ${called}`}>
        <span className="setups-name">{called}</span>
        <span className="setups-said">
          {requesters.length} requesters, {responders.length} responders · {WHEN.format(kept.at)}
        </span>
      </button>
      <IconButton
        label={kept.name === null ? `Name ${called}` : `Rename ${called}`}
        onClick={() => setName(kept.name ?? "")}
      >
        <Pencil size={14} />
      </IconButton>
      <IconButton label={`Delete ${called}`} onClick={() => deleteSetup(kept.id)}>
        <Trash2 size={14} />
      </IconButton>
    </li>
  );
}

function FileChoice({ onOpened }: { readonly onOpened: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const read = async (file: File | undefined): Promise<void> => {
    if (file && (await openFile(file))) onOpened();
    // The same file can be chosen again once it was mended.
    if (input.current) input.current.value = "";
  };
  return (
    <div className="dialog-actions setups-file">
      <p className="field-hint">A file can also be dropped anywhere on the page.</p>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="File of a setup"
        hidden
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <Button onClick={() => input.current?.click()}>
        <FolderOpen size={14} aria-hidden /> Open a file …
      </Button>
    </div>
  );
}

const WHEN = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });
