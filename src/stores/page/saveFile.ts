import { pageNow } from "./clock.ts";

/** Downloads a text as a file. */
export function saveText(text: string, type: string, what: string, ending: string): void {
  saveFile(new Blob([text], { type }), what, ending);
}

/** Downloads a file: `roundtrip-results-2026-02-03-140522.json`, in the time of day where the person is. */
export function saveFile(blob: Blob, what: string, ending: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = `roundtrip-${what}-${fileTime(new Date(pageNow()))}.${ending}`;
  link.click();
  // A download that has begun keeps the bytes; a minute is ample for one to begin.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function fileTime(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}
