import "@fontsource-variable/jetbrains-mono/wght.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "./views/theme/tokens.css";
import "./views/theme/base.css";
import "./views/controls/controls.css";
import "./views/record/peers.css";
import "./views/controls/forms.css";
import "./views/inspector/inspector.css";
import "./views/shell/header.css";
import "./views/shell/overlays.css";
import "./views/shell/shell.css";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { boot } from "./stores/app/boot.ts";
import { readCounters } from "./domain/record/counters.ts";
import { isForbiddenFrame, isFramed } from "./stores/page/framed.ts";
import { recordStore } from "./stores/record/recordStore.ts";
import { guardComposition } from "./views/controls/keys.ts";
import { fetchParts, later } from "./views/controls/later.tsx";
import { FrameRefused } from "./views/embed/FrameRefused.tsx";
import { App } from "./views/shell/App.tsx";
import { Failure } from "./views/shell/Failure.tsx";

const FramedApp = later(async () => (await import("./views/embed/FramedApp.tsx")).FramedApp, "asked");

const root = document.getElementById("root");
// index.html says in its place why the page does not run in a frame without an origin.
if (root) start(root);

function start(element: HTMLElement): void {
  const caught = isForbiddenFrame();
  guardComposition();
  createRoot(element).render(
    <StrictMode>
      <Failure>
        {caught ? (
          <FrameRefused />
        ) : isFramed ? (
          <Suspense fallback={null}>
            <FramedApp />
          </Suspense>
        ) : (
          <App />
        )}
      </Failure>
    </StrictMode>,
  );
  if (caught) return;
  void boot();
  if (!isFramed) fetchInTime();
}

/** What a first visit did not need is fetched when it was useful once, or is left alone: then nothing of it keeps a person waiting. */
function fetchInTime(): void {
  const leftAloneMs = 4000;
  const fetchNow = (): void => {
    clearTimeout(patience);
    stop();
    // Not in the same breath: the reply is to be drawn first.
    setTimeout(() => void fetchParts(), 500);
  };
  const patience = setTimeout(fetchNow, leftAloneMs);
  const stop = recordStore.subscribe(({ record }) => {
    if (readCounters(record).calls.outcomes.replied > 0) fetchNow();
  });
}
