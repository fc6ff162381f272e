import { useStore } from "zustand";
import type { Lesson } from "../../lessons/lesson.ts";
import { giveSetupBack, loadScenario } from "../../stores/lessons/lessonActions.ts";
import { progressStore } from "../../stores/lessons/lessonProgress.ts";
import { Button } from "../controls/Button.tsx";

/** Puts up what the lesson needs, and gives the person's own setup back. */
export function Scenario({ lesson }: { readonly lesson: Lesson }) {
  const kept = useStore(progressStore, ({ own }) => own !== null);
  return (
    <div className="lesson-scenario">
      <Button look={kept ? "plain" : "primary"} onClick={() => loadScenario(lesson)}>
        {kept ? "Reload scenario" : "Load scenario"}
      </Button>
      {kept && <Button onClick={giveSetupBack}>Back to my own setup</Button>}
      <p className="lesson-small">
        {kept ? "Your own setup is saved." : "Your own setup is saved. You can go back to it at any time."}
      </p>
    </div>
  );
}
