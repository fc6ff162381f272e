import { useEffect, useState, type RefObject } from "react";
import { watchPixelRatio } from "../controls/watchPixelRatio.ts";

interface Size {
  readonly width: number;
  readonly height: number;
  /** How many of the screen's pixels one px is: what is painted is as sharp as it. */
  readonly ratio: number;
}

/** The size of an element in px, 0 until it is measured. */
export function useSize(ref: RefObject<Element | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0, ratio: 1 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = (): void => {
      const next: Size = {
        width: element.clientWidth,
        height: element.clientHeight,
        ratio: window.devicePixelRatio,
      };
      setSize((before) => {
        const same =
          before.width === next.width && before.height === next.height && before.ratio === next.ratio;
        return same ? before : next;
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    const unwatch = watchPixelRatio(measure);
    measure();
    return () => {
      observer.disconnect();
      unwatch();
    };
  }, [ref]);
  return size;
}
