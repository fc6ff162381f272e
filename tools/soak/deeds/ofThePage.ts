import { press, type Deed } from "../deed.ts";
import { oneOf } from "../plan.ts";

/** All of them but the comparison with HTTP, which is a load of its own. */
export const TABS = [
  "Latency",
  "Load distribution",
  "Timeline",
  "Messages",
  "Wire",
  "Handler",
  "Code",
] as const;

export const PAGE_DEEDS: readonly Deed[] = [
  {
    name: "pause and go back to live",
    weight: 2,
    async do({ playground: { page } }) {
      if (!(await press(page, "Pause"))) return null;
      for (let step = 0; step < 3; step++) await press(page, "Step back");
      await press(page, "Live");
      return "three steps back";
    },
  },
  {
    name: "open a tab",
    weight: 2,
    async do({ playground: { results }, numbers: [which] }) {
      const name = oneOf(TABS, which);
      if (name === undefined) return null;
      await results.getByRole("tab", { name, exact: true }).click();
      return name;
    },
  },
  {
    name: "reload the page",
    weight: 0.5,
    async do({ playground: { page } }) {
      await page.reload();
      await page.getByRole("button", { name: "Add responder" }).waitFor();
      return "";
    },
  },
];
