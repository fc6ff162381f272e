import { Monitor, Moon, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useStore } from "zustand";
import { setTheme, settingsStore, type Theme } from "../../stores/settingsStore.ts";

const THEMES: readonly { readonly theme: Theme; readonly words: string; readonly Icon: typeof Sun }[] = [
  { theme: "system", words: "As the system", Icon: Monitor },
  { theme: "light", words: "Light", Icon: Sun },
  { theme: "dark", words: "Dark", Icon: Moon },
];

export function ThemeMenu() {
  const theme = useStore(settingsStore, (settings) => settings.theme);
  const Shown = THEMES.find((each) => each.theme === theme)?.Icon ?? Monitor;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label="Theme">
        <Shown size={16} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.RadioGroup value={theme}>
            {THEMES.map(({ theme: each, words, Icon }) => (
              <DropdownMenu.RadioItem
                key={each}
                className="menu-item"
                value={each}
                onSelect={() => setTheme(each)}
              >
                <Icon size={14} /> {words}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
