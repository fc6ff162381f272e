import { Popover } from "radix-ui";
import type { RefObject } from "react";
import { formatCounted } from "../../domain/base/formats.ts";
import { Button } from "../controls/Button.tsx";

interface Props {
  /** So many calls would be forgotten. */
  readonly calls: number;
  readonly beside: RefObject<HTMLButtonElement | null>;
  readonly onAnswer: (act: "keep" | "export" | "forget") => void;
}

export function ResetQuestion({ calls, beside, onAnswer }: Props) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onAnswer("keep")}>
      {/* What stands there whenever it is asked. */}
      <Popover.Anchor virtualRef={{ current: beside.current ?? document.body }} />
      <Popover.Portal>
        <Popover.Content
          className="results-ask"
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Empty the record?"
        >
          <p>Forget {formatCounted(calls, "call")} and all measurements? Calls in flight stay counted.</p>
          <div className="results-ask-actions">
            <Button look="quiet" onClick={() => onAnswer("keep")}>
              Keep them
            </Button>
            <Button onClick={() => onAnswer("export")}>Export, then forget</Button>
            <Button look="primary" onClick={() => onAnswer("forget")}>
              Forget them
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
