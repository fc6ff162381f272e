import { press, type Action } from "../action.ts";
import { oneOf } from "../plan.ts";

/** All of them but the comparison with HTTP, which is a load of its own. */
export const TABS = [
  "Latency",
  "Load distribution",
  "Timeline",
  "Runs",
  "Messages",
  "Wire",
  "Handler",
  "Code",
] as const;

export const PAGE_ACTIONS: readonly Action[] = [
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
    name: "look for the knee, or stop looking",
    weight: 1,
    async do({ playground }) {
      const { page, results } = playground;
      const runs = await playground.openRuns("Knee");
      if (await press(page, "Stop search")) return "stopped";
      await runs.getByLabel("Steps", { exact: true }).fill("3");
      await runs.getByLabel("Step duration", { exact: true }).fill("1");
      if (!(await press(page, "Find the knee"))) return null;
      await results.getByRole("tab", { name: "Latency", exact: true }).click();
      return "three steps";
    },
  },
  {
    name: "keep a run",
    weight: 1,
    async do({ playground }) {
      await playground.openRuns("Last run");
      return (await press(playground.page, "Keep run")) ? "" : null;
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
