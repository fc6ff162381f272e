import "@fontsource-variable/jetbrains-mono/wght.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "./views/theme/tokens.css";
import "./views/theme/base.css";
import "./views/controls/controls.css";
import "./views/controls/peers.css";
import "./views/controls/forms.css";
import "./views/inspector/inspector.css";
import "./views/shell/header.css";
import "./views/shell/overlays.css";
import "./views/shell/shell.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { boot } from "./stores/boot.ts";
import { readCounters } from "./domain/counters.ts";
import { recordStore } from "./stores/recordStore.ts";
import { fetchParts } from "./views/controls/later.ts";
import { App } from "./views/shell/App.tsx";
import { Failure } from "./views/shell/Failure.tsx";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no element #root to draw the page in");
createRoot(root).render(
  <StrictMode>
    <Failure>
      <App />
    </Failure>
  </StrictMode>,
);
void boot();

/** What a first visit did not need is fetched when it was useful once, or is left alone: then nothing of it keeps a person waiting. */
const LEFT_ALONE_MS = 4000;
const fetchNow = (): void => {
  clearTimeout(patience);
  stop();
  // Not in the same breath: the reply is to be drawn first.
  setTimeout(() => void fetchParts(), 500);
};
const patience = setTimeout(fetchNow, LEFT_ALONE_MS);
const stop = recordStore.subscribe(({ record }) => {
  if (readCounters(record).calls.outcomes.replied > 0) fetchNow();
});
