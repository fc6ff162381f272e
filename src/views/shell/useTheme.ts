import { useEffect } from "react";
import { useStore } from "zustand";
import { settingsStore } from "../../stores/page/settingsStore.ts";

/** Puts the chosen theme, or the system's, on the document. */
export function useTheme(): void {
  const theme = useStore(settingsStore, (settings) => settings.theme);
  useEffect(() => {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const apply = (): void => {
      const shown = theme === "system" ? (dark.matches ? "dark" : "light") : theme;
      document.documentElement.dataset["theme"] = shown;
    };
    apply();
    dark.addEventListener("change", apply);
    return () => dark.removeEventListener("change", apply);
  }, [theme]);
}
