import { Eraser } from "lucide-react";
import { Popover } from "radix-ui";
import { useState } from "react";
import { readCounters } from "../../domain/counters.ts";
import { formatCounted } from "../../domain/formats.ts";
import { recordStore } from "../../stores/recordStore.ts";
import { exportResults, reset } from "../../stores/resultsActions.ts";
import { Button } from "../controls/Button.tsx";
import { IconButton } from "../controls/IconButton.tsx";

/** From so many calls on, a record is worth a question before it is gone: it cannot be made again in a moment. */
const ASKS_FROM = 1000;

/** Empties the record; where much would be lost, only after asking. */
export function ResetButton() {
  const [asking, setAsking] = useState<number | null>(null);
  const press = (): void => {
    const { started } = readCounters(recordStore.getState().record).calls;
    if (started < ASKS_FROM) reset();
    else setAsking(started);
  };
  const answer = (act: () => void): void => {
    setAsking(null);
    act();
  };
  return (
    <Popover.Root open={asking !== null} onOpenChange={(open) => !open && setAsking(null)}>
      <Popover.Anchor>
        <IconButton label="Reset" hint="empty the record" onClick={press}>
          <Eraser size={15} />
          <span className="results-tool-words">Reset</span>
        </IconButton>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="results-ask"
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Empty the record?"
        >
          <p>
            Forget {formatCounted(asking ?? 0, "call")} and what was measured? Calls in flight stay counted.
          </p>
          <div className="results-ask-actions">
            <Button look="quiet" onClick={() => setAsking(null)}>
              Keep them
            </Button>
            <Button onClick={() => answer(exportAndReset)}>Export, then forget</Button>
            <Button look="primary" onClick={() => answer(reset)}>
              Forget them
            </Button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function exportAndReset(): void {
  exportResults();
  reset();
}
