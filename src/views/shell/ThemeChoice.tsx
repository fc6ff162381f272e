import { Scale } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useStore } from "zustand";
import { setTheme, settingsStore } from "../../stores/page/settingsStore.ts";
import type { MenuProps } from "../controls/MenuButton.tsx";
import { THEMES } from "./themes.ts";

export function ThemeChoice({ className, label, children }: MenuProps) {
  const theme = useStore(settingsStore, (settings) => settings.theme);
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger className={className} aria-label={label}>
        {children}
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
          <DropdownMenu.Separator className="menu-separator" />
          <DropdownMenu.Item asChild className="menu-item">
            <a href="./licenses.txt" target="_blank" rel="noopener">
              <Scale size={14} /> Licences
            </a>
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
