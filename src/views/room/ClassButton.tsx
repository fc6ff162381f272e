import { Users } from "lucide-react";
import { Suspense, useState } from "react";
import { useStore } from "zustand";
import { classStore } from "../../stores/server/classStore.ts";
import { rosterStore } from "../../stores/server/rosterStore.ts";
import { Button } from "../controls/Button.tsx";
import { later } from "../controls/later.tsx";

const ClassDialog = later(async () => (await import("./ClassDialog.tsx")).ClassDialog, "asked");

/** For the teacher of a class: how others join it. */
export function ClassButton() {
  const isTeacher = useStore(classStore, ({ kind }) => kind === "teacher");
  const members = useStore(rosterStore, (roster) => roster.members.length);
  const [open, setOpen] = useState(false);
  if (!isTeacher) return null;
  return (
    <>
      <Button look="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Users size={15} aria-hidden /> <span className="header-word">Class</span>
        {members > 0 && <span className="room-count">{members}</span>}
      </Button>
      {open && (
        <Suspense fallback={null}>
          <ClassDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
