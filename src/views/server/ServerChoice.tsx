import { Suspense } from "react";
import { later } from "../controls/later.tsx";

const ServerDialog = later(async () => (await import("./ServerDialog.tsx")).ServerDialog);

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The dialog to connect elsewhere, fetched when it is first opened. */
export function ServerChoice({ open, onClose }: Props) {
  return (
    open && (
      <Suspense fallback={null}>
        <ServerDialog onClose={onClose} />
      </Suspense>
    )
  );
}
