import { useEffect, useRef, type RefObject } from "react";

/** Brings the step that is worked on into view when it changes, by scrolling what it is in and nothing else. */
export function useSettledIn(current: string): RefObject<HTMLDivElement | null> {
  const body = useRef<HTMLDivElement>(null);
  const settled = useRef(current);
  useEffect(() => {
    if (settled.current === current) return;
    settled.current = current;
    const box = body.current;
    const step = box?.querySelector(`[aria-current="step"], .lesson-end`);
    if (!box || !step) return;
    // The step before it stays in sight: what to notice stands there. The last one stands before the end.
    const before = step.previousElementSibling ?? step;
    const previous = step.matches(".lesson-end") ? (before.lastElementChild ?? before) : before;
    const top = previous.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    box.scrollTo({ top: Math.max(0, top - 8), behavior: calm ? "auto" : "smooth" });
  }, [current]);
  return body;
}
