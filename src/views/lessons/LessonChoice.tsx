import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useStore } from "zustand";
import { LESSONS, type LessonEntry } from "../../lessons/catalogue.ts";
import { progressStore } from "../../stores/lessons/lessonProgress.ts";
import { lessonsStore, openLesson } from "../../stores/lessons/lessonsStore.ts";
import type { MenuProps } from "../controls/MenuButton.tsx";

const KINDS = [
  { kind: "lesson", words: "Lessons" },
  { kind: "exercise", words: "Exercises" },
] as const;

/** Every lesson and exercise, and how far each has come. */
export function LessonChoice({ className, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger className={className}>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu lesson-menu" align="end" sideOffset={4} collisionPadding={8}>
          {KINDS.map(({ kind, words }) => {
            const entries = LESSONS.filter((entry) => entry.kind === kind);
            if (entries.length === 0) return null;
            return (
              <DropdownMenu.Group key={kind}>
                <DropdownMenu.Label className="lesson-menu-label">{words}</DropdownMenu.Label>
                {entries.map((entry) => (
                  <Item key={entry.id} entry={entry} />
                ))}
              </DropdownMenu.Group>
            );
          })}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ entry }: { readonly entry: LessonEntry }) {
  const done = useStore(progressStore, (kept) => kept.done[entry.id]?.length ?? 0);
  const open = useStore(lessonsStore, (state) => state.open === entry.id);
  return (
    <DropdownMenu.Item
      className="menu-item lesson-menu-item"
      data-open={open}
      onSelect={() => void openLesson(entry.id)}
    >
      <span>{entry.title}</span>
      <span className="lesson-menu-state">
        {done >= entry.steps ? (
          <>
            <Check size={13} aria-hidden="true" /> done
          </>
        ) : done > 0 ? (
          `${done} of ${entry.steps}`
        ) : (
          `${entry.minutes} min`
        )}
      </span>
    </DropdownMenu.Item>
  );
}
