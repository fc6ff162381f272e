import { Download } from "lucide-react";
import { Suspense, useEffect, useState } from "react";
import { IN_TAB } from "../../domain/server/inTabServer.ts";
import type { Scenario, ScenarioWords } from "../../domain/setup/scenario.ts";
import { checkNote, checkTitle } from "../../domain/setup/scenarioSchema.ts";
import { currentScenario, linkTo, saveScenario } from "../../stores/app/scenarioActions.ts";
import { LONGEST_IN_CHATS } from "../../stores/setup/scenarioLink.ts";
import { writeWords } from "../../stores/setup/scenarioStore.ts";
import { DialogBox } from "../controls/DialogBox.tsx";
import { later } from "../controls/later.tsx";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import { useCopy } from "../controls/useCopy.ts";
import "./share.css";

/** Only who opens it by its picture needs it. */
const QrCode = later(async () => (await import("./QrCode.tsx")).QrCode, "asked");

/** A code with more is too fine for a camera at the back of a room. In characters. */
const LONGEST_IN_CODE = 1200;

/** Gives the whole setup on: as a link, as a picture of the link, as a file. */
export function ShareDialog({ onClose }: { readonly onClose: () => void }) {
  const [scenario] = useState(currentScenario);
  const [title, setTitle] = useState(scenario.title ?? "");
  const [note, setNote] = useState(scenario.note ?? "");
  const problem = title === "" ? null : checkTitle(title);
  const noteProblem = note === "" ? null : checkNote(note);
  const { title: _title, note: _note, ...rest } = scenario;
  const words: ScenarioWords = {
    ...(title !== "" && problem === null && { title: title.trim() }),
    ...(note !== "" && noteProblem === null && { note: note.trim() }),
  };
  const named: Scenario = { ...words, ...rest };
  const link = useLink(named);
  const close = (): void => {
    writeWords(words);
    onClose();
  };
  return (
    <DialogBox title="Share this setup" words={contents(scenario)} className="share" onClose={close}>
      <div className="dialog-form">
        <Field label="Title (optional)" problem={problem}>
          {(wiring) => (
            <input
              {...wiring}
              className="input"
              value={title}
              placeholder="What there is to see"
              autoComplete="off"
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Field label="Note (optional)" problem={noteProblem}>
          {(wiring) => (
            <textarea
              {...wiring}
              className="input"
              rows={2}
              value={note}
              placeholder="What to try first, for whoever opens it"
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <LinkField link={link} />
        {link !== null && link.length <= LONGEST_IN_CODE && (
          <Suspense fallback={<div className="share-code" />}>
            <QrCode text={link} />
          </Suspense>
        )}
        <div className="dialog-actions">
          <Button onClick={() => saveScenario(named)}>
            <Download size={14} aria-hidden /> Save as file
          </Button>
          <Button look="primary" onClick={close}>
            Done
          </Button>
        </div>
      </div>
    </DialogBox>
  );
}

function LinkField({ link }: { readonly link: string | null }) {
  const { said, copy } = useCopy(link ?? "");
  const length = link?.length ?? 0;
  const hint = [
    `${length.toLocaleString("en")} characters.`,
    length > LONGEST_IN_CHATS
      ? `Chats and mail programs cut links longer than ${LONGEST_IN_CHATS.toLocaleString("en")}: send the file instead.`
      : "The setup is in the part after #, which browsers never send to a server.",
    ...(length > LONGEST_IN_CODE ? ["It is too long for a QR code."] : []),
  ].join(" ");
  return (
    <Field label="Link" hint={link === null ? "Making the link …" : hint}>
      {(wiring) => (
        <div className="share-link">
          <input
            {...wiring}
            className="input input-mono"
            readOnly
            value={link ?? ""}
            onFocus={(event) => event.target.select()}
          />
          <Button look="primary" disabled={link === null} onClick={copy}>
            <span aria-live="polite">
              {said === "copied" ? "Copied" : said === "failed" ? "Not allowed" : "Copy link"}
            </span>
          </Button>
        </div>
      )}
    </Field>
  );
}

/** The link to a scenario; null while it is being made. */
function useLink(scenario: Scenario): string | null {
  const json = JSON.stringify(scenario);
  const [made, setMade] = useState<{ readonly json: string; readonly link: string } | null>(null);
  useEffect(() => {
    let wanted = true;
    void linkTo(scenario).then((link) => wanted && setMade({ json, link }));
    return () => {
      wanted = false;
    };
    // eslint-disable-next-line react/exhaustive-deps -- the scenario by its content
  }, [json]);
  return made?.json === json ? made.link : null;
}

/** What goes along, in words, so that nobody gives on what they did not mean to. */
function contents({ setup, server, lesson, view }: Scenario): string {
  const { responders, requesters } = setup;
  const own = responders.filter(({ handler }) => handler.kind === "code").length;
  const parts = [
    count(requesters.length, "requester"),
    count(responders.length, "responder"),
    ...(own === 0 ? [] : [`the code of ${count(own, "handler")}`]),
    ...(lesson === undefined ? [] : ["the open lesson"]),
    ...(view === undefined ? [] : ["how the page looks"]),
    ...(server === undefined
      ? []
      : [server === IN_TAB ? "the server in the browser" : `the server ${server}`]),
    "the seed",
  ];
  return `In it: ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}. Not in it: credentials and recorded traffic.`;
}

const count = (many: number, what: string): string => `${many} ${what}${many === 1 ? "" : "s"}`;
