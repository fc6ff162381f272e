import { LayoutGrid, Maximize } from "lucide-react";
import { IconButton } from "../controls/IconButton.tsx";

interface Props {
  readonly onFit: () => void;
  readonly onTidy: () => void;
}

export function DiagramTools({ onFit, onTidy }: Props) {
  return (
    <div className="diagram-tools">
      <IconButton label="Fit" hint="show everything" onClick={onFit}>
        <Maximize size={15} />
      </IconButton>
      <IconButton label="Tidy" hint="put everything back in its place" onClick={onTidy}>
        <LayoutGrid size={15} />
      </IconButton>
    </div>
  );
}
