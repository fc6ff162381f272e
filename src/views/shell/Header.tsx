import { Keyboard, PanelLeft, PanelRight, Presentation, RotateCcw } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import { panelsStore, setFolded, setPresenting } from "../../stores/page/panelsStore.ts";
import type { Panel } from "../../stores/page/settingsStore.ts";
import { startAfresh } from "../../stores/setup/setupActions.ts";
import { IconButton } from "../controls/IconButton.tsx";
import { ShareTools } from "../share/ShareTools.tsx";
import { ClassButton } from "../room/ClassButton.tsx";
import { GalleryButton } from "../gallery/GalleryButton.tsx";
import { LessonMenu } from "../lessons/LessonMenu.tsx";
import { ServerChoice } from "../server/ServerChoice.tsx";
import { ServerStatus } from "../server/ServerStatus.tsx";
import { showShortcuts } from "./Shortcuts.tsx";
import { ThemeMenu } from "./ThemeMenu.tsx";
import { UndoTools } from "./UndoTools.tsx";

export function Header() {
  const presenting = useStore(panelsStore, (panels) => panels.presenting);
  const [choosing, setChoosing] = useState(false);
  return (
    <header className="header">
      <h1 className="header-name">
        <Mark />
        Roundtrip
      </h1>
      <ServerStatus onChoose={() => setChoosing(true)} />
      <ServerChoice open={choosing} onClose={() => setChoosing(false)} />
      <div className="header-tools">
        <ClassButton />
        <LessonMenu />
        <ShareTools />
        <GalleryButton />
        <PanelToggle panel="setup" label="Setup panel" />
        <PanelToggle panel="inspector" label="Inspector panel" />
        <UndoTools />
        <IconButton
          label="Reset everything"
          hint="back to one requester and one responder"
          onClick={startAfresh}
        >
          <RotateCcw size={16} />
        </IconButton>
        <IconButton
          label="Present"
          hint="large type for the back of a room (P)"
          aria-pressed={presenting}
          onClick={() => setPresenting(!presenting)}
        >
          <Presentation size={16} />
        </IconButton>
        <ThemeMenu />
        <IconButton className="header-keys" label="Keyboard shortcuts" hint="?" onClick={showShortcuts}>
          <Keyboard size={16} />
        </IconButton>
      </div>
    </header>
  );
}

function PanelToggle({ panel, label }: { readonly panel: Panel; readonly label: string }) {
  const folded = useStore(panelsStore, (panels) => panels.folded[panel]);
  const Icon = panel === "setup" ? PanelLeft : PanelRight;
  return (
    <IconButton
      label={label}
      hint={folded ? "unfold" : "fold away"}
      className="header-fold"
      aria-pressed={!folded}
      onClick={() => setFolded(panel, !folded)}
    >
      <Icon size={16} />
    </IconButton>
  );
}

/** A request going out and a reply coming back. */
function Mark() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" fill="none" aria-hidden="true">
      <path d="M3 8h13" stroke="var(--request)" strokeWidth="2" strokeLinecap="round" />
      <circle cx="17" cy="8" r="3" fill="var(--request)" />
      <path d="M19 15H6" stroke="var(--reply)" strokeWidth="2" strokeLinecap="round" />
      <rect x="2.5" y="12.5" width="5" height="5" fill="var(--reply)" transform="rotate(45 5 15)" />
    </svg>
  );
}
