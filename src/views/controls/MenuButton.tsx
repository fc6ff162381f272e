import { Suspense, useState, type ComponentType, type ReactNode } from "react";

export interface MenuProps {
  readonly className: string;
  readonly label?: string | undefined;
  /** What stands on the button. */
  readonly children: ReactNode;
  /** Told what was chosen, by menus that leave it to others to act on it. */
  readonly onChoose?: (choice: string) => void;
}

interface Props extends MenuProps {
  /** The same button with its menu, which is open when it is first there. */
  readonly Menu: ComponentType<MenuProps>;
}

/** A button whose menu is fetched when it is first opened. */
export function MenuButton({ Menu, ...button }: Props) {
  const { className, label, children } = button;
  const [wanted, setWanted] = useState(false);
  const closed = (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setWanted(true)}
      onKeyDown={({ key }) => {
        if (key === "ArrowDown") setWanted(true);
      }}
    >
      {children}
    </button>
  );
  if (!wanted) return closed;
  return (
    <Suspense fallback={closed}>
      <Menu {...button} />
    </Suspense>
  );
}
