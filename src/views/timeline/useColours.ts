import { useEffect, useState, type RefObject } from "react";
import { watchTheme } from "../diagram/marks/palette.ts";
import { readColours, type Colours } from "./colours.ts";

/** The colours that an element has; read again when the theme changes. */
export function useColours(ref: RefObject<Element | null>): Colours | null {
  const [colours, setColours] = useState<Colours | null>(null);
  useEffect(() => {
    const read = (): void => {
      if (ref.current) setColours(readColours(ref.current));
    };
    read();
    return watchTheme(read);
  }, [ref]);
  return colours;
}
