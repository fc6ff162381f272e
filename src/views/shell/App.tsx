import { Suspense, useEffect } from "react";
import { useStore } from "zustand";
import { classStore } from "../../stores/server/classStore.ts";
import { lessonsStore } from "../../stores/lessons/lessonsStore.ts";
import { selectionStore } from "../../stores/page/selectionStore.ts";
import { panelsStore } from "../../stores/page/panelsStore.ts";
import { scenarioStore } from "../../stores/setup/scenarioStore.ts";
import { whenIdle } from "../../stores/peers/whenIdle.ts";
import { later } from "../controls/later.tsx";
import { startTips } from "../controls/tips.ts";
import { Inspector } from "../inspector/Inspector.tsx";
import { Requesters } from "../requesters/Requesters.tsx";
import { Responders } from "../responders/Responders.tsx";
import { Results } from "../results/Results.tsx";
import { DropTarget } from "../share/DropTarget.tsx";
import { Transport } from "../transport/Transport.tsx";
import { Transcript } from "../transcript/Transcript.tsx";
import { Header } from "./Header.tsx";
import { Notices } from "../controls/Notices.tsx";
import { LessonOffer } from "./LessonOffer.tsx";
import { ScenarioNote } from "./ScenarioNote.tsx";
import { SharedWarning } from "../server/SharedWarning.tsx";
import { Sheets } from "./Sheets.tsx";
import { ServerTrouble } from "../server/ServerTrouble.tsx";
import { Shortcuts } from "./Shortcuts.tsx";
import { useTheme } from "./useTheme.ts";

const JoinDialog = later(async () => (await import("../room/JoinDialog.tsx")).JoinDialog, "asked");
const ServerOffer = later(async () => (await import("../share/ServerOffer.tsx")).ServerOffer);
const SetupOffer = later(async () => (await import("../share/SetupOffer.tsx")).SetupOffer);

/** Much of the page's script, of which the first reply needs nothing: it is fetched in the moment after the peers have connected. */
const Diagram = later(async () => {
  await whenIdle();
  return (await import("../diagram/Diagram.tsx")).Diagram;
}, "asked");

const Presentation = later(async () => (await import("../present/Presentation.tsx")).Presentation);

/** Not needed for the first reply: loaded with the first lesson. */
const LessonPanel = later(async () => (await import("../lessons/LessonPanel.tsx")).LessonPanel, "asked");

export function App() {
  useTheme();
  const presenting = useStore(panelsStore, (panels) => panels.presenting);
  const folded = useStore(panelsStore, (panels) => panels.folded);
  const sheet = useStore(panelsStore, (panels) => panels.sheet);
  const lesson = useStore(lessonsStore, (lessons) => lessons.open !== null);
  // A requester is set up where it stands, in a form that needs the room itself.
  const inspecting = useStore(
    selectionStore,
    ({ selected }) => selected !== null && selected.kind !== "requester",
  );
  const offersServer = useStore(scenarioStore, ({ serverOffer }) => serverOffer !== null);
  const offersSetup = useStore(scenarioStore, ({ setupOffer }) => setupOffer !== null);
  const joins = useStore(classStore, ({ kind }) => kind === "asked");
  useEffect(() => {
    document.documentElement.dataset["presentation"] = presenting ? "on" : "off";
  }, [presenting]);

  useEffect(startTips, []);

  return (
    <div
      className="shell"
      data-setup={folded.setup ? "folded" : "open"}
      data-inspector={folded.inspector ? "folded" : "open"}
      data-results={folded.results ? "folded" : "open"}
      data-presenting={presenting}
      data-sheet={sheet ?? "none"}
      data-inspecting={inspecting}
      data-lesson={lesson ? (folded.lesson ? "folded" : "open") : "none"}
    >
      <Header />
      <main className="shell-main">
        <div className="shell-setup" hidden={folded.setup}>
          <Requesters />
          <Responders />
        </div>
        <div className="shell-centre">
          {presenting && (
            <Suspense fallback={null}>
              <Presentation />
            </Suspense>
          )}
          <SharedWarning />
          <ServerTrouble />
          <ScenarioNote />
          <LessonOffer />
          <Suspense fallback={<section className="diagram-awaited" aria-label="Diagram" aria-busy="true" />}>
            <Diagram />
          </Suspense>
          <Notices />
          <Transport />
          <Results />
        </div>
        <div className="shell-side" hidden={folded.inspector}>
          <Inspector />
          <Transcript />
        </div>
        {lesson && (
          <Suspense fallback={null}>
            <LessonPanel />
          </Suspense>
        )}
        <Sheets />
      </main>
      {joins && (
        <Suspense fallback={null}>
          <JoinDialog />
        </Suspense>
      )}
      {(offersServer || offersSetup) && (
        <Suspense fallback={null}>{offersServer ? <ServerOffer /> : <SetupOffer />}</Suspense>
      )}
      <DropTarget />
      <Shortcuts />
    </div>
  );
}
