import { useEffect, useRef, type RefObject } from "react";

const NEXT = '[aria-current="step"] .step-tools :is(button, summary), .lesson-end button';

/**
 * Keeps the keyboard where it is in a lesson. When a step is done, or another lesson opened, the button that had the focus is gone: the
 * focus goes on to the step that is next, or to what follows the last one. `stage` changes with either.
 */
export function useKeptFocus(panel: RefObject<HTMLElement | null>, stage: string): void {
  const inside = useRef(false);
  useEffect(() => {
    const focused = ({ target }: FocusEvent): void => {
      inside.current = target instanceof Node && panel.current?.contains(target) === true;
    };
    document.addEventListener("focusin", focused);
    return () => document.removeEventListener("focusin", focused);
  }, [panel]);
  useEffect(() => {
    if (!inside.current || document.activeElement !== document.body) return;
    // What is in sight is seen to elsewhere.
    panel.current?.querySelector<HTMLElement>(NEXT)?.focus({ preventScroll: true });
  }, [panel, stage]);
}
