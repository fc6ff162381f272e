import type { Instant } from "../../../domain/base/instant.ts";

/** The time of day where the person is, to the millisecond: `14:03:22.481`. */
export function clockTime(at: Instant): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

/** The time of day to the second: `14:03:22`. */
export const clockSecond = (at: Instant): string => clockTime(at).slice(0, 8);
