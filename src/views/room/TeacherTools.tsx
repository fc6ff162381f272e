import { useStore } from "zustand";
import { lessonsStore } from "../../stores/lessons/lessonsStore.ts";
import { teach, teachSetup } from "../../stores/app/teachingActions.ts";
import { rosterStore } from "../../stores/server/rosterStore.ts";
import { Button } from "../controls/Button.tsx";

/** What the teacher can do in all pages of the class at once. */
export function TeacherTools() {
  const lesson = useStore(lessonsStore, (lessons) => lessons.lesson);
  const nobody = useStore(rosterStore, ({ members }) => members.length === 0);
  return (
    <div className="room-tools" role="group" aria-label="For everybody">
      <Button disabled={nobody} onClick={teachSetup}>
        Send my setup to everybody
      </Button>
      {lesson && (
        <Button
          disabled={nobody}
          onClick={() =>
            teach({ do: "lesson", id: lesson.id }, `“${lesson.title}” was opened for everybody.`)
          }
        >
          Open “{lesson.title}” for everybody
        </Button>
      )}
      <Button
        disabled={nobody}
        onClick={() => teach({ do: "freeze" }, "Everybody’s responders were told to freeze.")}
      >
        Freeze all responders
      </Button>
      <Button
        disabled={nobody}
        onClick={() => teach({ do: "thaw" }, "Everybody’s responders were told to thaw.")}
      >
        Thaw all responders
      </Button>
    </div>
  );
}
