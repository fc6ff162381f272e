/** Sizes of the sequence's drawing, in px. */
export const TIMES_PX = 74;
export const PARTS_PX = 210;
export const HEAD_PX = 34;
export const FOOT_PX = 22;
export const LEAST_COLUMN_PX = 96;
/** Two moments are never nearer than this where the scale is readable. */
export const LEAST_PX = 17;
export const TRUE_PX = 460;
export const LABEL_PX = 13;

/** One step of cause and effect, as the sequence counts them, in ms. */
export const STEP_MS = 1e-6;

/** Whether there is room for a column that names the parts, beside so many lifelines. */
export const fitsParts = (width: number, lifelines: number): boolean =>
  width >= TIMES_PX + PARTS_PX + LEAST_COLUMN_PX * lifelines;

/** As much of a text as there is room for, in letters of that width; an inbox keeps its end. */
export function fitting(text: string, room: number, letterPx: number): string {
  const most = Math.floor(room / letterPx);
  if (text.length <= most) return text;
  if (most < 4) return "";
  return text.startsWith("_INBOX.") ? `…${text.slice(1 - most)}` : `${text.slice(0, most - 1)}…`;
}
