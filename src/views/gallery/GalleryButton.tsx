import { Images } from "lucide-react";
import { Suspense, useState } from "react";
import { Button } from "../controls/Button.tsx";
import { later } from "../controls/later.tsx";

const GalleryDialog = later(async () => (await import("./GalleryDialog.tsx")).GalleryDialog);

/** Opens the gallery of ready scenarios, which is fetched then. */
export function GalleryButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Images size={15} aria-hidden="true" /> <span className="header-word">Gallery</span>
      </Button>
      {open && (
        <Suspense fallback={null}>
          <GalleryDialog onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
