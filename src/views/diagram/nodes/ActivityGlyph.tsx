import type { Activity } from "./activity.ts";

/** What a peer is doing, as a shape. Goes beside its words: it says nothing to a screen reader. */
export function ActivityGlyph({ activity }: { readonly activity: Activity }) {
  return (
    <svg className="diagram-glyph" data-activity={activity} viewBox="0 0 12 12" aria-hidden="true">
      {GLYPHS[activity]}
    </svg>
  );
}

const GLYPHS: Readonly<Record<Activity, React.ReactNode>> = {
  idle: <circle cx="6" cy="6" r="4" className="diagram-glyph-line" />,
  busy: <circle cx="6" cy="6" r="4.8" className="diagram-glyph-fill" />,
  frozen: <path d="M2.5 1.5H5V10.5H2.5ZM7 1.5H9.5V10.5H7Z" className="diagram-glyph-fill" />,
  draining: (
    <>
      <circle cx="6" cy="6" r="4" className="diagram-glyph-line" />
      <path d="M2 6A4 4 0 0 0 10 6Z" className="diagram-glyph-fill" />
    </>
  ),
  ended: <path d="M2 6H10" className="diagram-glyph-line" />,
  refused: <path d="M6 2A4 4 0 1 0 6 10 4 4 0 1 0 6 2ZM3.2 8.8 8.8 3.2" className="diagram-glyph-line" />,
  dead: <path d="M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8" className="diagram-glyph-line" />,
  connecting: <circle cx="6" cy="6" r="4" className="diagram-glyph-line diagram-glyph-dotted" />,
};
