import { Suspense, useEffect } from "react";
import { tinykeys } from "tinykeys";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { addRequester } from "../../stores/peers/requesterActions.ts";
import { addResponder } from "../../stores/peers/responderActions.ts";
import { goToStart, pauseOrResume, stepBack, stepForward } from "../../stores/record/playbackActions.ts";
import { goLive } from "../../stores/record/playbackStore.ts";
import { redo, undo } from "../../stores/page/history.ts";
import { panelsStore, setFolded, setPresenting } from "../../stores/page/panelsStore.ts";
import { select } from "../../stores/page/selectionStore.ts";
import { byPlace, latinKey, onSpace } from "../controls/keys.ts";
import { later } from "../controls/later.tsx";
import { sendActive } from "../requesters/unsendable.ts";

const ShortcutSheet = later(async () => (await import("./ShortcutSheet.tsx")).ShortcutSheet);

const sheet = createStore(() => ({ open: false }));

export const showShortcuts = (): void => sheet.setState({ open: true });

interface Shortcut {
  readonly keys: string;
  /** As the sheet shows it; another key for the same is not shown. */
  readonly shown?: string;
  readonly words?: string;
  /** What has a use of its own for the key. */
  readonly taking?: "arrows" | "text";
  run(): unknown;
}

/** What moves by arrows and pages, and what is typed in. */
const TAKERS = {
  arrows:
    "[role=slider], [role=tablist], [role=grid], [role=listbox], [role=radiogroup], [role=log], [role=separator]",
  // A field being typed in has an undo of its own, and a dialog covers what would change.
  text: "input:not([type=checkbox], [type=radio], [type=file]), textarea, [contenteditable], [role=dialog], [role=alertdialog]",
} as const;

const TYPED_IN = "textarea, select, [contenteditable], [role=dialog], [role=menu]";
const PAGES = new Set(["PageUp", "PageDown"]);

/** What commands are given with. */
const MOD = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl";

const SHORTCUTS: readonly Shortcut[] = [
  { keys: "s", shown: "S", words: "Send one request", run: () => sendActive(1) },
  { keys: "Shift+S", shown: "Shift S", words: "Send ten requests at once", run: () => sendActive(10) },
  {
    keys: "r",
    shown: "R",
    words: "Add a responder",
    run: () => select({ kind: "responder", id: addResponder() }),
  },
  { keys: "c", shown: "C", words: "Add a requester", run: () => void addRequester() },
  {
    keys: "p",
    shown: "P",
    words: "Presentation mode on or off",
    run: () => setPresenting(!panelsStore.getState().presenting),
  },
  { keys: "Space", shown: "Space", words: "Pause or resume", run: pauseOrResume },
  {
    keys: "ArrowRight",
    shown: "→ or .",
    words: "Next event",
    taking: "arrows",
    run: stepForward,
  },
  { keys: ".", run: stepForward },
  { keys: "PageDown", taking: "arrows", run: stepForward },
  { keys: "ArrowLeft", shown: "←", words: "Previous event", taking: "arrows", run: stepBack },
  { keys: "PageUp", taking: "arrows", run: stepBack },
  { keys: "Home", shown: "Home", words: "Go to the start of the record", taking: "arrows", run: goToStart },
  { keys: "End", shown: "End", words: "Back to live", taking: "arrows", run: goLive },
  { keys: "i", shown: "I", words: "Fold or unfold the Inspector", run: () => toggle("inspector") },
  { keys: "e", shown: "E", words: "Fold or unfold the Results", run: () => toggle("results") },
  { keys: "$mod+z", shown: `${MOD} Z`, words: "Undo a change of the setup", taking: "text", run: undo },
  { keys: "$mod+Shift+z", shown: `${MOD} Shift Z`, words: "Redo it", taking: "text", run: redo },
  { keys: "Control+y", taking: "text", run: redo },
  { keys: "Escape", shown: "Esc", words: "Stop presenting, or clear selection", run: leave },
  { keys: "Shift+?", shown: "?", words: "Show these shortcuts", run: showShortcuts },
  // Where the layout of the keyboard needs no Shift for it.
  { keys: "?", run: showShortcuts },
];

function toggle(panel: "inspector" | "results"): void {
  setFolded(panel, !panelsStore.getState().folded[panel]);
}

/** Out of what one is in. */
function leave(): void {
  if (panelsStore.getState().presenting) setPresenting(false);
  else select(null);
}

/** True where a key belongs to what has the focus: a field, an open dialog, or a menu. */
function isTaken(event: KeyboardEvent, taking: Shortcut["taking"]): boolean {
  const { target } = event;
  if (taking === "text") return target instanceof HTMLElement && target.closest(TAKERS.text) !== null;
  if ((event.repeat && taking !== "arrows") || event.ctrlKey || event.metaKey || event.altKey) return true;
  if (!(target instanceof HTMLElement)) return false;
  // A presenter's remote sends these, wherever a click has left the focus.
  if (panelsStore.getState().presenting && PAGES.has(event.key)) return target.closest(TYPED_IN) !== null;
  if (taking && target.closest(TAKERS[taking])) return true;
  // What can be scrolled by keys is focused for that.
  if (taking === "arrows" && target.matches("[tabindex='0']:not(button)")) return true;
  return target.closest(`input, ${TYPED_IN}`) !== null;
}

/** Where there is nothing but the diagram and its controls. */
const GUEST_KEYS = new Set(
  "s Shift+S Space ArrowRight . PageDown ArrowLeft PageUp Home End Escape Shift+? ?".split(" "),
);
const GUEST_SHORTCUTS = SHORTCUTS.filter(({ keys }) => GUEST_KEYS.has(keys));

interface Props {
  /** Only what a guest in another page has controls for. */
  readonly guest?: boolean;
}

export function Shortcuts({ guest = false }: Props) {
  const shortcuts = guest ? GUEST_SHORTCUTS : SHORTCUTS;
  const open = useStore(sheet, (state) => state.open);
  useEffect(() => {
    const bindings = shortcuts
      .filter(({ keys }) => keys !== "Space")
      .flatMap(({ keys, run, taking }) => {
        const press = (event: KeyboardEvent): void => {
          if (isTaken(event, taking)) return;
          event.preventDefault();
          run();
        };
        const place = byPlace(keys);
        const pressPlace = (event: KeyboardEvent): void => {
          if (latinKey(event) !== event.key) press(event);
        };
        return place === null
          ? [[keys, press]]
          : [
              [keys, press],
              [place, pressPlace],
            ];
      });
    const stops = [tinykeys(window, Object.fromEntries(bindings)), onSpace(pauseOrResume)];
    return () => {
      for (const stop of stops) stop();
    };
  }, [shortcuts]);
  return (
    open && (
      <Suspense fallback={null}>
        <ShortcutSheet shortcuts={shortcuts} onClose={() => sheet.setState({ open: false })} />
      </Suspense>
    )
  );
}
