import { Monitor } from "lucide-react";
import { useStore } from "zustand";
import { settingsStore } from "../../stores/page/settingsStore.ts";
import { later } from "../controls/later.tsx";
import { MenuButton } from "../controls/MenuButton.tsx";
import { THEMES } from "./themes.ts";

const ThemeChoice = later(async () => (await import("./ThemeChoice.tsx")).ThemeChoice);

export function ThemeMenu() {
  const theme = useStore(settingsStore, (settings) => settings.theme);
  const Shown = THEMES.find((each) => each.theme === theme)?.Icon ?? Monitor;
  return (
    <MenuButton Menu={ThemeChoice} className="icon-button" label="Theme">
      <Shown size={16} />
    </MenuButton>
  );
}
