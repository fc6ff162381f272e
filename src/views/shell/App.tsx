import { Tooltip } from "radix-ui";
import { useEffect } from "react";
import { useStore } from "zustand";
import { panelsStore } from "../../stores/panelsStore.ts";
import { Diagram } from "../diagram/Diagram.tsx";
import { Inspector } from "../inspector/Inspector.tsx";
import { Requesters } from "../requesters/Requesters.tsx";
import { Responders } from "../responders/Responders.tsx";
import { Results } from "../results/Results.tsx";
import { Transcript } from "../transcript/Transcript.tsx";
import { Header } from "./Header.tsx";
import { Notices } from "./Notices.tsx";
import { ServerTrouble } from "./ServerTrouble.tsx";
import { Shortcuts } from "./Shortcuts.tsx";
import { useTheme } from "./useTheme.ts";

export function App() {
  useTheme();
  const presenting = useStore(panelsStore, (panels) => panels.presenting);
  const folded = useStore(panelsStore, (panels) => panels.folded);
  useEffect(() => {
    document.documentElement.dataset["presentation"] = presenting ? "on" : "off";
  }, [presenting]);

  return (
    <Tooltip.Provider delayDuration={400}>
      <div
        className="shell"
        data-setup={folded.setup ? "folded" : "open"}
        data-inspector={folded.inspector ? "folded" : "open"}
        data-results={folded.results ? "folded" : "open"}
      >
        <Header />
        <main className="shell-main">
          <div className="shell-setup" hidden={folded.setup}>
            <Requesters />
            <Responders />
          </div>
          <div className="shell-centre">
            <ServerTrouble />
            <Diagram />
            <Results />
          </div>
          <div className="shell-side" hidden={folded.inspector}>
            <Inspector />
            <Transcript />
          </div>
        </main>
        <Notices />
        <Shortcuts />
      </div>
    </Tooltip.Provider>
  );
}
