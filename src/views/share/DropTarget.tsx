import { useEffect, useState } from "react";
import { notify } from "../../stores/page/noticesStore.ts";
import { openFile } from "../../stores/app/scenarioActions.ts";
import "./share.css";

/** The whole page takes a setup's file, and says so while one is held over it. */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // Without a file, a dragged text goes where it is dropped, as ever.
    const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    const drag = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      const [file] = files;
      if (files.length > 1)
        notify("refused", "Drop one file only: the page has one setup at a time. Nothing was changed.");
      else if (file) void openFile(file);
    };
    window.addEventListener("dragover", drag);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", drag);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  return over ? (
    <div className="drop-target">
      <p>Drop the file to open its setup</p>
    </div>
  ) : null;
}
