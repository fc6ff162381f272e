import AxeBuilder from "@axe-core/playwright";
import { readFile } from "node:fs/promises";
import { createHistogram } from "node:perf_hooks";
import type { Locator, Page } from "@playwright/test";
import { expectToAddUp } from "./pages/Playground.ts";
import { expect, test } from "./fixtures/test.ts";

/** The rows of the calls that `Export calls` downloads, by their columns. */
async function exportCalls(page: Page, panel: Locator): Promise<Record<string, string>[]> {
  const downloading = page.waitForEvent("download");
  await panel.getByRole("button", { name: "Export calls" }).click();
  const [head = "", ...lines] = (await readFile(await (await downloading).path(), "utf8"))
    .trim()
    .split("\r\n");
  const columns = head.split(",");
  return lines.map((line) =>
    Object.fromEntries(line.split(",").map((cell, at) => [columns[at] ?? "", cell])),
  );
}

interface SearchStep {
  readonly offered: number;
  readonly achieved: number;
  readonly late: number;
  readonly verdict: string;
}

/** The table of a search for the knee. A rate that nothing was measured at reads as 0. */
async function readSearch(panel: Locator): Promise<SearchStep[]> {
  const rows = panel.getByRole("table", { name: "Steps of the search" }).getByRole("row");
  const texts = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.children].map((cell) => cell.textContent ?? "")),
  );
  const number = (text = ""): number => Number.parseFloat(text.replaceAll(",", "")) || 0;
  return texts.map((cells) => ({
    offered: number(cells[0]),
    achieved: number(cells[1]),
    late: number(cells[5]),
    verdict: cells[6] ?? "",
  }));
}

test("an open load by a Poisson schedule: both starts, and percentiles as another histogram has them", async ({
  playground,
  page,
}) => {
  await playground.open();
  await playground.startLoad(
    { Rate: "400", Requests: "1300", "Warm-up": "200" },
    { "Load model": "fixed rate", Schedule: "Poisson" },
  );
  await playground.settled(1300);
  const panel = await playground.openRuns("Last run");
  for (const row of ["from the planned start", "from the actual start"]) {
    await expect(panel.getByRole("row", { name: row })).toContainText("1,100");
  }
  await expect(panel).toContainText("Warm-up excluded: 200 of 200");
  await expect(panel).toContainText("The clock steps by");

  const calls = await exportCalls(page, panel);
  expect(calls).toHaveLength(1300);
  const [run] = (await playground.exportResults()).runs;
  for (const [column, figures] of [
    ["latencyFromPlannedMs", run?.latencyMs.fromPlanned],
    ["latencyFromActualMs", run?.latencyMs.fromActual],
  ] as const) {
    const other = createHistogram({ lowest: 1, highest: 3_600_000_000, figures: 3 });
    for (const call of calls) {
      if (call["warmUp"] === "no") other.record(Math.round(Number(call[column]) * 1000));
    }
    expect(figures?.count).toBe(1100);
    for (const [percent, ours] of [
      [50, figures?.p50],
      [90, figures?.p90],
      [99, figures?.p99],
      [99.9, figures?.p999],
    ] as const) {
      const theirs = other.percentile(percent) / 1000;
      expect(Math.abs((ours ?? 0) - theirs), `p${percent} of ${column}`).toBeLessThanOrEqual(theirs / 500);
    }
  }
  const planned = calls.map((call) => Number(call["plannedMs"]));
  expect(Math.max(...planned)).toBeGreaterThan(2500);
  for (const call of calls)
    expect(Number(call["startedMs"])).toBeGreaterThanOrEqual(Number(call["plannedMs"]));
});

test("the same freeze under both models, and what each would have told", async ({ playground }) => {
  await playground.open();
  const panel = await playground.openRuns("Two models");
  await panel.getByRole("button", { name: "Freeze it under both" }).click();
  await expect(playground.responder("sleeper-1")).toContainText("frozen");
  await expect(panel.getByRole("region", { name: "Closed load" })).toContainText(
    /\D\d{1,2} of [\d,]+ calls met/,
    {
      timeout: 20_000,
    },
  );
  await expect(panel.getByRole("region", { name: "Open load" })).toContainText(
    /[1-4]\d\d of [45]\d\d calls met/,
  );
  // The figures say it too: seconds in the open one, milliseconds in the closed one.
  await expect(panel.getByRole("row", { name: "open, from the planned start" })).toContainText(/1\.\d+ s/);
  await expect(playground.responder("sleeper-1")).toHaveCount(0);
  const results = await playground.exportResults();
  expectToAddUp(results);
  expect(results.counts.inFlight).toBe(0);
  const p99 = (model: string) =>
    results.runs.find((run) => run.model === model)?.latencyMs.fromActual?.p99 ?? 0;
  expect(p99("open")).toBeGreaterThan(1000);
  expect(p99("closed")).toBeLessThan(500);
});

test("the knee of a responder that takes one request at a time; a search that is stopped keeps its steps", async ({
  playground,
}) => {
  test.slow();
  await playground.open();
  await playground.setTimeoutMs(5000);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Concurrency").selectOption("one at a time");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption("fixed");
  // At least 10 ms each: it cannot do more than 100 a second.
  await playground.inspector.getByLabel("Delay in ms").fill("10");
  const panel = await playground.openRuns("Knee");
  await panel.getByLabel("Steps", { exact: true }).fill("abc");
  await panel.getByRole("button", { name: "Find the knee" }).click();
  await expect(playground.page.getByText("Nothing was searched. Steps:")).toBeVisible();
  await expect(panel.getByRole("progressbar")).toHaveCount(0);
  for (const [label, value] of [
    ["From", "20"],
    ["Up to", "320"],
    ["Steps", "5"],
    ["Step duration", "1"],
  ] as const) {
    await panel.getByLabel(label, { exact: true }).fill(value);
  }
  await panel.getByRole("button", { name: "Find the knee" }).click();
  // Five steps of a second each, and what their calls still wait for.
  await expect(panel.getByRole("button", { name: "Find the knee" })).toBeEnabled({ timeout: 60_000 });
  const steps = await readSearch(panel);
  // The rates double, and after two saturated steps no more are tried.
  const offered = steps.map((step) => step.offered);
  expect(offered).toEqual([20, 40, 80, 160, 320].slice(0, steps.length));
  const saturated = steps.filter(({ verdict }) => verdict.startsWith("saturated"));
  expect(saturated.length === 2 ? saturated.at(-1) : steps.length).toEqual(
    saturated.length === 2 ? steps.at(-1) : 5,
  );
  for (const { offered: rate, achieved, late, verdict } of steps) {
    // A timer may fire a little early, so a little more than 100 a second is possible.
    expect(achieved, `replies a second at ${rate}/s`).toBeLessThan(115);
    if (verdict === "saturated: falls behind") expect(achieved).toBeLessThan(0.95 * rate);
    if (verdict === "saturated: the page falls behind") expect(late).toBeGreaterThan(0.25 * rate);
    if (rate >= 160) expect(verdict, `${rate}/s is more than it can do`).toContain("saturated");
  }
  // The knee lies between the last rate that held and the first that did not, on whatever machine.
  const first = steps.findIndex(({ verdict }) => verdict.startsWith("saturated"));
  expect(first).not.toBe(-1);
  const why = steps[first]?.verdict.replace("saturated: ", "");
  expect(steps.filter(({ verdict }) => verdict === "the knee")).toEqual(
    first === 0 ? [] : [steps[first - 1]],
  );
  await expect(panel.getByRole("status")).toHaveText(
    first === 0
      ? `The first step is already saturated (${why}): start lower.`
      : `The knee is at ${offered[first - 1]}/s: at ${offered[first]}/s it saturates (${why}).`,
  );
  expectToAddUp(await playground.exportResults());

  // Long enough that it does not end by itself before it is stopped.
  await panel.getByLabel("Step duration", { exact: true }).fill("4");
  await panel.getByRole("button", { name: "Find the knee" }).click();
  await expect(panel.getByRole("row", { name: /^20\/s/ })).toBeVisible();
  await panel.getByRole("button", { name: "Stop search" }).click();
  await expect(panel.getByRole("status")).toContainText("Stopped. The results so far are kept.");
  await expect(panel.getByRole("row", { name: /^20\/s/ })).toBeVisible();
});

test("of an open and a closed load none is said to be slower", async ({ playground }) => {
  await playground.open();
  const keep = async (name: string): Promise<void> => {
    const panel = await playground.openRuns("Last run");
    await panel.getByLabel("Name of the run").fill(name);
    await panel.getByRole("button", { name: "Keep run" }).click();
    await expect(panel.getByRole("status")).toContainText(name);
  };
  await playground.startLoad({ Requests: "1500", Concurrency: "2" });
  await playground.settled(1500);
  await keep("closed");
  await playground.startLoad({ Rate: "400", Requests: "800" }, { "Load model": "fixed rate" });
  await playground.settled(2300);
  await keep("open");
  const panel = await playground.openRuns("Compare");
  await expect(panel).toContainText("their latencies do not mean the same");
  await expect(panel.getByRole("row", { name: "p50" })).toContainText(/no verdict|too few/);
  await expect(panel.getByRole("table")).not.toContainText(/slower|faster/);
});

test("the search for the knee says once what is wrong with its plan", async ({ playground }) => {
  await playground.open();
  const panel = await playground.openRuns("Knee");
  await panel.getByLabel("Up to").fill("10");
  await panel.getByLabel("From").fill("20");
  await panel.getByRole("button", { name: "Find the knee" }).click();
  await expect(panel.getByText("The last rate should be above the first.")).toHaveCount(1);
});

test("two runs kept and compared, over a reload; a removal can be undone", async ({ playground, page }) => {
  await playground.open();
  const runAndKeep = async (name: string, started: number): Promise<void> => {
    await playground.startLoad({ Requests: "600", Concurrency: "4" });
    await playground.settled(started);
    const panel = await playground.openRuns("Last run");
    // A closed load has no schedule.
    await expect(panel.getByText("from actual", { exact: true })).toBeVisible();
    await expect(panel.getByText("from planned", { exact: true })).toHaveCount(0);
    await panel.getByLabel("Name of the run").fill(" ");
    await panel.getByRole("button", { name: "Keep run" }).click();
    const refusal = page.getByText("The run was not kept. Name of the run: Give it a name.");
    await expect(refusal).toBeVisible();
    await panel.getByLabel("Name of the run").fill(name);
    await expect(refusal).toBeHidden();
    await panel.getByRole("button", { name: "Keep run" }).click();
    await expect(panel.getByRole("status")).toContainText(name);
  };
  await runAndKeep("quick", 600);
  await playground.inspect("responder-1");
  await playground.inspector.getByLabel("Delay", { exact: true }).selectOption("fixed");
  await playground.inspector.getByLabel("Delay in ms").fill("20");
  await runAndKeep("slow", 1200);

  let panel = await playground.openRuns("Last run");
  // Once under a name, and never under that of another.
  await expect(panel.getByRole("button", { name: "Keep run" })).toBeDisabled();
  await panel.getByLabel("Name of the run").fill("quick");
  await expect(panel.getByText("Another kept run has this name.")).toBeVisible();

  panel = await playground.openRuns("Compare");
  await expect(panel.getByRole("row", { name: "p50" })).toContainText("slower");
  await expect(panel.getByRole("row", { name: "p99.9" })).toContainText("too few");
  await expect(panel.getByText("Changed settings")).toBeVisible();
  await expect(panel).toContainText("delay 20 ms");
  await page.reload();
  panel = await playground.openRuns("Compare");
  await expect(panel.getByRole("row", { name: "p50" })).toContainText("slower");
  await panel.getByLabel("Name of quick").fill("without delay");
  await panel.getByLabel("Name of quick").press("Enter");
  await panel.getByRole("button", { name: "Remove without delay" }).click();
  await expect(panel).toContainText("Choose two different runs");
  await page.getByRole("group", { name: "Notice" }).getByRole("button", { name: "Undo" }).last().click();
  await expect(panel.getByRole("columnheader", { name: "without delay" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).include(".results").analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(
    serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`),
  ).toEqual([]);
});
