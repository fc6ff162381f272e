import type { Setup } from "./setup.ts";

/** Whether two setups say the same. */
export const sameSetup = (a: Setup, b: Setup): boolean => canonical(a) === canonical(b);

/** As JSON with its members in one order, whatever order they were written in. */
const canonical = (setup: Setup): string =>
  JSON.stringify(setup, (_key, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
