import { BookOpen, ChevronDown } from "lucide-react";
import { later } from "../controls/later.tsx";
import { MenuButton } from "../controls/MenuButton.tsx";

const LessonChoice = later(async () => (await import("./LessonChoice.tsx")).LessonChoice);

/** Every lesson and exercise, and how far each has come. */
export function LessonMenu() {
  return (
    <MenuButton Menu={LessonChoice} className="button button-quiet">
      <BookOpen size={15} /> Lessons <ChevronDown size={13} />
    </MenuButton>
  );
}
