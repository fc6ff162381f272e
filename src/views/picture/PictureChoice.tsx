import { DropdownMenu } from "radix-ui";
import type { MenuProps } from "../controls/MenuButton.tsx";

/** Chooses "png" or "svg". */
export function PictureChoice({ className, label, children, onChoose }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger className={className} aria-label={label}>
        {children}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="end" sideOffset={4}>
          <DropdownMenu.Item className="menu-item" onSelect={() => onChoose?.("png")}>
            Save as PNG
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => onChoose?.("svg")}>
            Save as SVG
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
