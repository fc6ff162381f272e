import {
  ChevronLeft,
  ChevronRight,
  Expand,
  Radio,
  ScanSearch,
  SkipBack,
  SkipForward,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import type { RefObject } from "react";
import { SavePicture } from "../picture/SavePicture.tsx";
import { IconButton } from "../controls/IconButton.tsx";
import type { WindowControl } from "./useTimeWindow.ts";

interface Props {
  readonly picture: RefObject<Element | null>;
  readonly control: WindowControl;
  /** Looks at what is selected and all that belongs to it; null while nothing is selected. */
  readonly onZoomToSelection: (() => void) | null;
  readonly failure: {
    readonly next: number | undefined;
    readonly previous: number | undefined;
    choose(seq: number | undefined): void;
  };
}

export function OverviewTools({ picture, control, onZoomToSelection, failure }: Props) {
  return (
    <div className="timeline-tools" role="toolbar" aria-label="Overview">
      <IconButton label="Zoom in" hint="+" onClick={() => control.zoom(0.5)}>
        <ZoomIn size={15} />
      </IconButton>
      <IconButton label="Zoom out" hint="−" onClick={() => control.zoom(2)}>
        <ZoomOut size={15} />
      </IconButton>
      <IconButton
        label="Zoom to selection"
        hint="the whole call (Z)"
        disabled={onZoomToSelection === null}
        onClick={() => onZoomToSelection?.()}
      >
        <ScanSearch size={15} />
      </IconButton>
      <IconButton label="Earlier" hint="←" onClick={() => control.pan(-0.4)}>
        <ChevronLeft size={15} />
      </IconButton>
      <IconButton label="Later" hint="→" onClick={() => control.pan(0.4)}>
        <ChevronRight size={15} />
      </IconButton>
      <IconButton label="Show all" hint="everything that is recorded (0)" onClick={control.showAll}>
        <Expand size={15} />
      </IconButton>
      <IconButton
        label="Follow"
        hint="the newest half minute"
        aria-pressed={control.following}
        onClick={control.follow}
      >
        <Radio size={15} />
      </IconButton>
      <SavePicture what="timeline" of={() => picture.current} />
      <span className="timeline-gap" />
      <IconButton
        label="Previous failure"
        hint="P"
        disabled={failure.previous === undefined}
        onClick={() => failure.choose(failure.previous)}
      >
        <SkipBack size={15} />
      </IconButton>
      <IconButton
        label="Next failure"
        hint="N"
        disabled={failure.next === undefined}
        onClick={() => failure.choose(failure.next)}
      >
        <SkipForward size={15} />
      </IconButton>
    </div>
  );
}
