import { useEffect } from "react";
import { useStore } from "zustand";
import { setFolded } from "../../stores/page/panelsStore.ts";
import { setTheme } from "../../stores/page/settingsStore.ts";
import { framedTheme } from "../../stores/page/framed.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { startTips } from "../controls/tips.ts";
import { Diagram } from "../diagram/Diagram.tsx";
import { Notices } from "../controls/Notices.tsx";
import { Shortcuts } from "../shell/Shortcuts.tsx";
import { StatusWords } from "../server/StatusWords.tsx";
import { useTheme } from "../shell/useTheme.ts";
import { Transport } from "../transport/Transport.tsx";
import { FramedSend } from "./FramedSend.tsx";
import { LeftToFullPage } from "./LeftToFullPage.tsx";
import { OpenInRoundtrip } from "./OpenInRoundtrip.tsx";
import "./embed.css";

/** The page as a guest in another: the diagram, its controls, and the way to the full page. */
export function FramedApp() {
  useTheme();
  useEffect(() => {
    setTheme(framedTheme());
    // What the Inspector offers for an exchange stands in the controls then.
    setFolded("inspector", true);
    return startTips();
  }, []);
  const kind = useStore(serverStore, ({ connection }) => connection.kind);
  return (
    <div className="guest">
      <header className="guest-bar">
        <h1 className="visually-hidden">Roundtrip</h1>
        <FramedSend />
        <div className="status" data-kind={kind}>
          <StatusWords />
        </div>
        <OpenInRoundtrip className="button button-quiet guest-open" />
      </header>
      <main className="guest-main">
        <LeftToFullPage />
        <Diagram />
        <Transport />
      </main>
      <Notices />
      <Shortcuts guest />
    </div>
  );
}
