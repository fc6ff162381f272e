import { Monitor, Moon, Sun } from "lucide-react";
import type { Theme } from "../../stores/page/settingsStore.ts";

export const THEMES: readonly { readonly theme: Theme; readonly words: string; readonly Icon: typeof Sun }[] =
  [
    { theme: "system", words: "As the system", Icon: Monitor },
    { theme: "light", words: "Light", Icon: Sun },
    { theme: "dark", words: "Dark", Icon: Moon },
  ];
