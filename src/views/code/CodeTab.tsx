import { useStore } from "zustand";
import type { HandlerRef } from "../../domain/setup/setup.ts";
import { onTheWire } from "../../domain/messages/sharedServer.ts";
import { LANGUAGES, LANGUAGE_WORDS, type Program } from "../../programs/program.ts";
import { requesterProgram, responderProgram } from "../../programs/writeProgram.ts";
import { clientAddress, type ClientAddress } from "../../stores/server/clientAddress.ts";
import { isAgreed } from "../../stores/handlers/agreedHandlers.ts";
import { openHandler } from "../../stores/peers/handlerActions.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { Button } from "../controls/Button.tsx";
import { CopyTextButton } from "../controls/CopyTextButton.tsx";
import { Highlighted } from "./Highlighted.tsx";
import { codeStore, writeIn } from "./codeStore.ts";
import { sourceOf } from "./handlerSources.ts";
import { PeerChoice } from "./PeerChoice.tsx";
import { useChosenPeer, type ChosenPeer } from "./useChosenPeer.ts";
import "./code.css";

/** A complete program that does what the chosen requester or responder does, to take away. */
export function CodeTab() {
  const { language } = useStore(codeStore);
  const { address: server } = useStore(serverStore);
  const peer = useChosenPeer();
  if (peer === null) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">Add a requester or a responder to see it as a program</p>
        <p>In TypeScript, Python or Go, or as nats commands.</p>
      </div>
    );
  }
  const unreviewed = peer.kind === "responder" && isUnreviewed(peer.setup.handler);
  const address = clientAddress();
  const place = { url: address.url, credentials: server.credentials.kind };
  const program =
    peer.kind === "requester"
      ? requesterProgram(
          language,
          { ...peer.setup, subject: onTheWire(peer.setup.subject, server.prefix) },
          place,
        )
      : responderProgram(
          language,
          { ...peer.setup, subject: onTheWire(peer.setup.subject, server.prefix) },
          place,
          sourceOf(peer.setup.handler),
        );
  return (
    <div className="code">
      <div className="code-bar">
        <PeerChoice chosen={peer} />
        <div className="code-languages" role="group" aria-label="Language">
          {LANGUAGES.map((each) => (
            <button
              key={each}
              type="button"
              className="code-language"
              aria-pressed={each === language}
              onClick={() => writeIn(each)}
            >
              {LANGUAGE_WORDS[each]}
            </button>
          ))}
        </div>
        {!unreviewed && <CopyTextButton text={program.text} />}
      </div>
      {unreviewed ? (
        <div className="results-empty">
          <p className="results-empty-title">Review the handler of {peer.setup.name} first</p>
          <p>
            Its code came from elsewhere. A program has no sandbox: where you run it, it can use your files
            and your network. Once you have read the code and agreed to it, the program is shown here.
          </p>
          <Button onClick={() => openHandler(peer.id)}>Review the handler</Button>
        </div>
      ) : (
        <div className="code-panes">
          <Highlighted program={program} />
          <Beside program={program} peer={peer} address={address} />
        </div>
      )}
    </div>
  );
}

/** Agreeing to it starts the responder, so that this is asked anew. */
const isUnreviewed = (handler: HandlerRef): boolean => handler.kind === "code" && !isAgreed(handler.source);

interface BesideProps {
  readonly program: Program;
  readonly peer: ChosenPeer;
  readonly address: ClientAddress;
}

/** How to run it, and what is to be known before. */
function Beside({ program, peer, address }: BesideProps) {
  const notes = [...program.differences, ...(address.guess === "" ? [] : [address.guess])];
  return (
    // Focusable, so that the keyboard can scroll what holds nothing to focus.
    <section className="code-beside" aria-label="About this program" tabIndex={0}>
      <h3 className="code-heading">Run it</h3>
      <p className="code-words">
        Save it as <code>{program.fileName}</code> in a folder of its own, then:
      </p>
      <pre className="code-run mono">{program.run.join("\n")}</pre>
      <p className="code-words">
        {peer.kind === "requester"
          ? "The responders of this page answer it, and the diagram shows its requests as coming from outside."
          : "It answers requests of this page, beside the responders here. Remove those and it answers alone."}
      </p>
      {notes.length > 0 && (
        <>
          <h3 className="code-heading">What differs</h3>
          <ul className="code-notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
