import { useEffect, useRef, type RefObject } from "react";

/** Takes the wheel for itself over an element: React listens passively, and could not keep the page from scrolling. */
export function useWheel(ref: RefObject<HTMLElement | null>, turned: (event: WheelEvent) => void): void {
  const latest = useRef(turned);
  useEffect(() => {
    latest.current = turned;
  });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const take = (event: WheelEvent): void => {
      event.preventDefault();
      latest.current(event);
    };
    element.addEventListener("wheel", take, { passive: false });
    return () => element.removeEventListener("wheel", take);
  }, [ref]);
}
