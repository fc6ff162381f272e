import { LayoutGrid, Maximize } from "lucide-react";
import type { RefObject } from "react";
import { SavePicture } from "../picture/SavePicture.tsx";
import { RecordClip } from "../picture/RecordClip.tsx";
import { IconButton } from "../controls/IconButton.tsx";

interface Props {
  readonly onFit: () => void;
  readonly onTidy: () => void;
  /** What a picture is taken of. */
  readonly picture: RefObject<Element | null>;
}

export function DiagramTools({ onFit, onTidy, picture }: Props) {
  return (
    <div className="diagram-tools">
      <IconButton label="Fit" hint="show everything" onClick={onFit}>
        <Maximize size={15} />
      </IconButton>
      <IconButton label="Tidy" hint="move everything back to its place" onClick={onTidy}>
        <LayoutGrid size={15} />
      </IconButton>
      <RecordClip />
      <SavePicture what="diagram" of={() => picture.current} />
    </div>
  );
}
