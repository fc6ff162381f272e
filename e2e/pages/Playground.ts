import { readFile } from "node:fs/promises";
import { expect, type Locator, type Page } from "@playwright/test";
import type { ResultsDocument } from "../../src/domain/load/resultsDocument.ts";

/** The page in a person's verbs, through the roles and names that DESIGN keeps stable. */
export class Playground {
  readonly page: Page;
  readonly status: Locator;
  readonly diagram: Locator;
  readonly requesters: Locator;
  readonly responders: Locator;
  readonly inspector: Locator;
  readonly results: Locator;
  readonly transcript: Locator;

  constructor(page: Page) {
    this.page = page;
    this.status = page.getByRole("status").first();
    this.diagram = page.getByRole("region", { name: "Diagram" });
    this.requesters = page.getByRole("region", { name: "Requesters" });
    this.responders = page.getByRole("region", { name: "Responders" });
    this.inspector = page.getByRole("region", { name: "Inspector" });
    this.results = page.getByRole("region", { name: "Results" });
    this.transcript = page.getByRole("log", { name: "Transcript" });
  }

  /** Opens the page and waits until everything on it is connected. */
  async open(path = "./"): Promise<void> {
    await this.page.goto(path);
    await expect(this.status).toContainText("Connected");
    await this.everyoneConnected();
    await this.unfold();
  }

  /** Opens what a newcomer finds folded: all that can be set, and the results. The page remembers that. */
  async unfold(): Promise<void> {
    const advanced = this.requesters.locator("summary[aria-label='Advanced']").first();
    // There is none without a requester, nor in a frame.
    if ((await advanced.count()) > 0 && !(await advanced.locator("..").evaluate(isOpen)))
      await advanced.click();
    const results = this.results.getByRole("button", { name: "Unfold results" });
    if (await results.isVisible()) await results.click();
  }

  /** Opens the page with an address that names a server, and agrees to connect to it. */
  async openOn(server: string): Promise<void> {
    await this.page.goto(`./?server=${encodeURIComponent(server)}`);
    await this.page.getByRole("alertdialog").getByRole("button", { name: "Connect to it" }).click();
    await expect(this.page.getByRole("alertdialog")).toBeHidden();
    await expect(this.status).toContainText("Connected");
    await this.everyoneConnected();
    await this.unfold();
  }

  async everyoneConnected(): Promise<void> {
    await expect(this.page.getByText("connecting …")).toHaveCount(0);
  }

  responder(name: string): Locator {
    return this.responders.getByRole("group", { name, exact: true });
  }

  requester(name: string): Locator {
    return this.requesters.getByRole("group", { name, exact: true });
  }

  /** Opens a requester's form; one of them is open at a time. */
  async openRequester(name: string): Promise<Locator> {
    const requester = this.requester(name);
    const button = requester.getByRole("button", { name, exact: true });
    if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
    return requester;
  }

  async send(times = 1, from = "client-1"): Promise<void> {
    const requester = await this.openRequester(from);
    if (times === 1) {
      await requester.getByRole("button", { name: "Send", exact: true }).click();
      return;
    }
    await requester.getByLabel("Requests to send").fill(String(times));
    await requester.getByRole("button", { name: /^Send [\d,]+ at once$/ }).click();
  }

  async addResponders(count: number): Promise<void> {
    await this.responders.getByLabel("Responders to add").fill(String(count));
    await this.responders.getByRole("button", { name: /^Add \d+ responders?$/ }).click();
    await this.everyoneConnected();
  }

  /** Opens a responder's form in the Inspector. */
  async inspect(name: string): Promise<void> {
    const button = this.responder(name).getByRole("button", { name, exact: true });
    if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
    await expect(this.inspector.getByLabel("Name")).toHaveValue(name);
  }

  async setTimeoutMs(timeoutMs: number, of = "client-1"): Promise<void> {
    const requester = this.requester(of);
    await requester.getByLabel("Timeout", { exact: true }).fill(String(timeoutMs));
  }

  /** Opens a part of the tab Runs, and gives its panel. */
  async openRuns(part: string): Promise<Locator> {
    await this.results.getByRole("tab", { name: "Runs", exact: true }).click();
    await this.results.getByRole("tab", { name: part, exact: true }).click();
    return this.results.getByRole("tabpanel", { name: part, exact: true });
  }

  /** Fills in the form of a load. */
  async planLoad(
    fields: Readonly<Record<string, string>>,
    choices: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const requester = this.requester("client-1");
    if (!(await requester.getByLabel("Stop", { exact: true }).isVisible())) {
      await requester.locator('summary[aria-label^="Load:"]').click();
    }
    for (const [label, value] of Object.entries(choices)) {
      await requester.getByLabel(label, { exact: true }).selectOption({ label: value });
    }
    for (const [label, value] of Object.entries(fields)) {
      await requester.getByLabel(label, { exact: true }).fill(value);
    }
  }

  /** Whether the planned load is drawn while it runs; its form is open. */
  async drawLoad(drawn: boolean): Promise<void> {
    await this.requester("client-1").getByLabel("Draw while it runs").setChecked(drawn);
  }

  async startLoad(
    fields: Readonly<Record<string, string>>,
    choices: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    await this.planLoad(fields, choices);
    await this.requester("client-1").getByRole("button", { name: "Start load" }).click();
  }

  async stopLoad(): Promise<void> {
    await this.page.getByRole("button", { name: "Stop load" }).click();
  }

  /** What `Export results` downloads. */
  async exportResults(): Promise<ResultsDocument> {
    const downloading = this.page.waitForEvent("download");
    await this.results.getByRole("button", { name: "Export results" }).click();
    const download = await downloading;
    return JSON.parse(await readFile(await download.path(), "utf8")) as ResultsDocument; // the shape is what is tested
  }

  /** Waits until no call is in flight and so many have been started; gives the results of that moment. */
  async settled(started: number, timeoutMs = 20_000): Promise<ResultsDocument> {
    let results: ResultsDocument | undefined;
    await expect
      .poll(
        async () => {
          results = await this.exportResults();
          return { started: results.counts.started, inFlight: results.counts.inFlight };
        },
        { timeout: timeoutMs },
      )
      .toEqual({ started, inFlight: 0 });
    if (!results) throw new Error("no results were exported");
    expectToAddUp(results);
    return results;
  }
}

const isOpen = (details: Element): boolean => details.hasAttribute("open");

/** The law of conservation: calls started = the sum of all outcomes + calls in flight. */
export function expectToAddUp({ counts }: Pick<ResultsDocument, "counts">): void {
  const { started, inFlight, late: _late, duplicate: _duplicate, ...outcomes } = counts;
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  expect(ended + inFlight, `${JSON.stringify(counts)} adds up`).toBe(started);
}
