import { FolderOpen, Share2 } from "lucide-react";
import { Suspense, useState } from "react";
import { Button } from "../controls/Button.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import { later } from "../controls/later.tsx";

const ShareDialog = later(async () => (await import("./ShareDialog.tsx")).ShareDialog);
const SetupsDialog = later(async () => (await import("./SetupsDialog.tsx")).SetupsDialog);

/** Giving a setup on, and getting one back. */
export function ShareTools() {
  const [open, setOpen] = useState<"share" | "setups" | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <Button look="quiet" onClick={() => setOpen("share")}>
        <Share2 size={15} aria-hidden /> <span className="header-word">Share</span>
      </Button>
      <IconButton label="Setups" hint="kept, recent, from a file" onClick={() => setOpen("setups")}>
        <FolderOpen size={16} />
      </IconButton>
      <Suspense fallback={null}>
        {open === "share" && <ShareDialog onClose={close} />}
        {open === "setups" && <SetupsDialog onClose={close} />}
      </Suspense>
    </>
  );
}
