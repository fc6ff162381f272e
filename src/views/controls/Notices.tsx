import { X } from "lucide-react";
import { useEffect, useId } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { dismiss, noticesStore, type Notice } from "../../stores/page/noticesStore.ts";
import { Button } from "./Button.tsx";
import { IconButton } from "./IconButton.tsx";
import "./notices.css";

const SHOWN_MS = 8000;

/** Where notices can be shown now, the page first. */
const placesStore = createStore<{ readonly places: readonly string[] }>(() => ({ places: [] }));

/** Whether notices are to be shown at this place: the one that came last, for the others lie behind it. */
function useNoticesPlace(): boolean {
  const id = useId();
  useEffect(() => {
    placesStore.setState(({ places }) => ({ places: [...places, id] }));
    return () => placesStore.setState(({ places }) => ({ places: places.filter((place) => place !== id) }));
  }, [id]);
  return useStore(placesStore, ({ places }) => places.at(-1) === id);
}

/** So many have room beside everything else; of the others only how many there are is said. */
const MOST_ON_PAGE = 2;

/** What happened, in the page, or in a dialog as long as one is open: that covers the page. Notices themselves cover nothing. */
export function Notices({ within = "page" }: { readonly within?: "page" | "dialog" }) {
  const notices = useStore(noticesStore, (state) => state.notices);
  const here = useNoticesPlace();
  const shown = within === "page" ? notices.slice(-MOST_ON_PAGE) : notices;
  const more = notices.length - shown.length;
  return (
    <div className={`notices notices-${within}`} aria-live="polite">
      <div className="notices-stack">
        {here && more > 0 && (
          <p className="notices-more">
            {more === 1 ? "1 earlier notice" : `${more} earlier notices`}: dismiss the newer ones
          </p>
        )}
        {here && shown.map((notice) => <Shown key={notice.id} notice={notice} />)}
      </div>
    </div>
  );
}

/** Holds notices back for as long as it is there: nothing is to lie over a question, or to be done instead of answering it. */
export function NoNotices() {
  useNoticesPlace();
  return null;
}

function Shown({ notice }: { readonly notice: Notice }) {
  const { id, tone, words, action } = notice;
  useEffect(() => {
    if (tone === "bad" || tone === "offer") return; // Stays until a person has seen it.
    const timer = setTimeout(() => dismiss(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone]);
  return (
    <div className="notice" role="group" aria-label="Notice" data-tone={tone} translate="no">
      <p>{words}</p>
      {action && (
        <Button
          onClick={() => {
            action.run();
            dismiss(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Dismiss" onClick={() => dismiss(id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
