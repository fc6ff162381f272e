import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Browser, type Page } from "@playwright/test";
import { Playground } from "../e2e/pages/Playground.ts";
import { DEFAULT_REQUESTER, DEFAULT_RESPONDER } from "../src/domain/setup/defaultSetup.ts";
import type { RequesterSetup, ResponderSetup } from "../src/domain/setup/setup.ts";
import { scenarioDocument } from "../src/domain/setup/scenarioSchema.ts";
import { ROOT } from "./paths.ts";
import { withProduct, type Product } from "./product.ts";

/**
 * `npm run looks`: pictures of every screen of the page, at the widths and in the themes that people have, to be looked at and judged:
 * one picture for each, and a sheet of all of them for each screen. `npm run looks -- busy presenting` makes only these.
 */
const FOLDER = join(ROOT, ".cache", "looks");
const SIZES = ["360x740", "768x1024", "900x720", "1024x768", "1280x720", "1440x900", "1920x1080"] as const;
const SCHEMES = ["light", "dark"] as const;
/** For what moves on by itself after the window has another size. */
const SETTLED_MS = 350;

interface Screen {
  readonly setup?: Peers;
  readonly address?: string;
  /** What a newcomer finds folded stays so. */
  readonly folded?: true;
  readonly act?: (page: Page, playground: Playground, product: Product) => Promise<unknown>;
  /** Before each picture, so that something is on its way in it. */
  readonly each?: (page: Page) => Promise<unknown>;
  readonly after?: (product: Product) => Promise<unknown>;
}

interface Peers {
  readonly requesters: readonly RequesterSetup[];
  readonly responders: readonly ResponderSetup[];
}

const SERVICES =
  "billing catalogue checkout delivery email fraud-detection inventory-of-the-northern-warehouse ledger"
    .split(" ")
    .concat("pricing", "search", "shipping", "users");

const responders = (count: number): readonly ResponderSetup[] =>
  Array.from({ length: count }, (_, index) => ({ ...DEFAULT_RESPONDER, name: `responder-${index + 1}` }));
const among = (count: number): Peers => ({ requesters: [DEFAULT_REQUESTER], responders: responders(count) });
const GROUPS: Peers = {
  requesters: [2, 6, 11].map((index) => ({
    ...DEFAULT_REQUESTER,
    name: `asks-${SERVICES[index]}`,
    subject: `${SERVICES[index]}.get`,
  })),
  responders: SERVICES.flatMap((service, index) =>
    Array.from({ length: 1 + (index % 4) }, (_, member) => ({
      ...DEFAULT_RESPONDER,
      name: `${service}-${member + 1}`,
      subject: `${service}.get`,
      queue: service,
    })),
  ),
};

/** About when most of ten requests is under way, as the diagram slows live traffic down. */
const UNDER_WAY_MS = 650;
const ten = async (page: Page): Promise<void> => {
  await page.keyboard.press("Shift+S");
  await page.waitForTimeout(UNDER_WAY_MS);
};
const sent = async (_: Page, playground: Playground): Promise<void> => {
  await playground.send(100);
  await playground.settled(100);
};
const tab =
  (name: string) =>
  async (page: Page, playground: Playground): Promise<void> => {
    await sent(page, playground);
    await playground.results.getByRole("tab", { name, exact: true }).click();
  };
const pressed = (name: string) => (page: Page) => page.getByRole("button", { name }).first().click();
const exchange = async (page: Page, playground: Playground): Promise<void> => {
  await tab("Messages")(page, playground);
  await playground.results.getByRole("grid").getByRole("row").nth(2).click();
};
const presented = (page: Page): Promise<void> => page.keyboard.press("p");

const SCREENS: Readonly<Record<string, Screen>> = {
  first: { folded: true },
  busy: { folded: true, setup: among(3), each: ten },
  advanced: { act: sent },
  empty: { setup: { requesters: [], responders: [] } },
  ten: { folded: true, setup: among(10), each: ten },
  thirty: { folded: true, setup: among(30), each: ten },
  fifty: { folded: true, setup: among(50), each: ten },
  groups: { folded: true, setup: GROUPS, each: ten },
  load: { act: tab("Load distribution"), setup: among(3) },
  runs: { act: tab("Runs") },
  timeline: { act: tab("Timeline") },
  messages: { act: tab("Messages") },
  wire: { act: tab("Wire") },
  handler: { act: tab("Handler") },
  code: { act: tab("Code") },
  http: { act: tab("HTTP") },
  exchange: { act: exchange },
  responder: { folded: true, act: (_, playground) => playground.inspect("responder-1") },
  paused: {
    act: async (page, playground) => {
      await sent(page, playground);
      for (let step = 0; step < 3; step++) await page.getByRole("button", { name: "Step back" }).click();
    },
  },
  disconnected: {
    folded: true,
    setup: among(3),
    act: async (page, _, { server }) => {
      await server.kill();
      await expect(page.getByRole("region", { name: "Connection trouble" })).toBeVisible();
    },
    after: ({ server }) => server.start(),
  },
  lesson: { folded: true, address: "./?lesson=first-round-trip" },
  presenting: { folded: true, setup: among(3), act: presented, each: ten },
  "presenting-lesson": { folded: true, address: "./?lesson=first-round-trip", act: presented, each: ten },
  lessons: { folded: true, act: pressed("Lessons") },
  share: { folded: true, act: pressed("Share") },
  setups: { folded: true, act: pressed("Setups") },
  gallery: { folded: true, act: pressed("Gallery") },
  keys: { folded: true, act: (page) => page.keyboard.press("?") },
  server: { folded: true, act: pressed("Connect elsewhere") },
};

const say = (line: string): void => console.log(line);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(SCREENS, name));
if (unknown.length > 0)
  throw new Error(`There is no ${unknown.join(", ")}: ${Object.keys(SCREENS).join(", ")}`);

await withProduct(say, async (product) => {
  for (const [name, screen] of Object.entries(SCREENS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const folder = join(FOLDER, name);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const pictures: string[] = [];
    for (const scheme of SCHEMES) pictures.push(...(await picturesOf(screen, scheme, folder, product)));
    say(await sheetOf(product.browser, name, pictures));
  }
});

async function picturesOf(
  { setup, address = "./", folded, act, each, after }: Screen,
  colorScheme: (typeof SCHEMES)[number],
  folder: string,
  product: Product,
): Promise<string[]> {
  const context = await product.browser.newContext({ baseURL: product.url, colorScheme });
  const page = await context.newPage();
  await page.setViewportSize({ width: 1280, height: 720 });
  if (setup) {
    const kept = JSON.stringify(scenarioDocument({ setup: { seed: 1, ...setup } }));
    await page.addInitScript((text) => localStorage.setItem("roundtrip.setup", text), kept);
  }
  const playground = new Playground(page);
  await page.goto(address);
  await expect(playground.status).toContainText("Connected");
  await playground.everyoneConnected();
  await expect(page.locator(".diagram-node").first()).toBeVisible();
  if (!folded) await playground.unfold();
  await act?.(page, playground, product);
  const made: string[] = [];
  for (const size of SIZES) {
    const [width = 0, height = 0] = size.split("x").map(Number);
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(SETTLED_MS);
    await each?.(page);
    const path = join(folder, `${size}-${colorScheme}.png`);
    await page.screenshot({ path });
    made.push(path);
  }
  await context.close();
  await after?.(product);
  return made;
}

/** All pictures of one screen beside each other. */
async function sheetOf(browser: Browser, name: string, pictures: readonly string[]): Promise<string> {
  const page = await browser.newPage({ viewport: { width: 2600, height: 1000 } });
  const images = await Promise.all(
    pictures.map(
      async (path) => `<img src="data:image/png;base64,${(await readFile(path)).toString("base64")}">`,
    ),
  );
  await page.setContent(
    `<style>body{display:flex;flex-wrap:wrap;gap:8px;margin:8px;background:#777}img{height:440px}</style>${images.join("")}`,
  );
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  await page.close();
  return path;
}
