import { randomInt } from "node:crypto";
import { join } from "node:path";
import type { Browser } from "@playwright/test";
import { Playground } from "../../e2e/pages/Playground.ts";
import { ROOT } from "../paths.ts";
import { withProduct } from "../product.ts";
import { ANSWERS_WITHIN_MS, HEAP_GROWTH_MB } from "./checks.ts";
import { withEmbeddedProduct } from "./embeddedProduct.ts";
import { failedRun, keepSeed } from "./keptSeeds.ts";
import { soak } from "./run.ts";
import { readSoakOptions, USAGE, type SoakOptions } from "./soakOptions.ts";
import { serverOfMachine, serverOfPage, type SoakServer } from "./soakServer.ts";

/**
 * `npm run soak`: does to the page what people do, at random and for minutes, and checks throughout that its counters add up, that it
 * answers, that its memory stays bounded, and that it and the server agree on who is connected.
 */
const say = (line: string): void => console.log(line);

try {
  const options = readSoakOptions(process.argv.slice(2), () => randomInt(2 ** 31 - 1));
  if (options.help) say(USAGE);
  else await run(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(options: SoakOptions): Promise<void> {
  say(`Seed ${options.seed}.`);
  if (options.server === "in-tab")
    await withEmbeddedProduct(say, ({ url, browser }) => inBrowser(options, url, browser, serverOfPage));
  else
    await withProduct(say, ({ url, browser, server }) =>
      inBrowser(options, url, browser, () => serverOfMachine(server)),
    );
}

async function inBrowser(
  { seed, from, minutes, actions, server }: SoakOptions,
  url: string,
  browser: Browser,
  serverOf: (playground: Playground) => SoakServer,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, acceptDownloads: true });
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  const playground = new Playground(page);
  await playground.open(url);
  const until = performance.now() + minutes * 60_000;
  let done = 0;
  try {
    const figures = await soak(playground, serverOf(playground), {
      seed,
      from,
      actions,
      until,
      say,
      full: true,
      onAction: (before) => (done = before + 1),
    });
    if (broken.length > 0) throw new Error(`The page threw: ${broken.join("; ")}`);
    const { first, last, slowestAnswerMs } = figures;
    say(
      [
        `Passed: ${figures.done} actions, ${figures.started} calls started and all accounted for.`,
        `Slowest answer of the page ${slowestAnswerMs.toFixed(0)} ms (limit ${ANSWERS_WITHIN_MS}).`,
        `Heap ${first.heapMb.toFixed(1)} MB at first, ${last.heapMb.toFixed(1)} MB at last (${HEAP_GROWTH_MB} MB more are allowed).`,
      ].join("\n"),
    );
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    for (const thrown of broken) say(`The page threw: ${thrown}`);
    const picture = join(ROOT, "test-results", `soak-${seed}.png`);
    await page.screenshot({ path: picture }).catch(() => {}); // The page may be what failed.
    say(`How it looked: ${picture}`);
    const again = `--seed ${seed}${from > 0 ? ` --from ${from}` : ""} --actions ${done}`;
    say(`Failed. To do it again: npm run soak -- ${again}${server === "in-tab" ? " --server in-tab" : ""}`);
    const plain = words.replaceAll(/\u001b\[\d+m/g, "");
    const kept = failedRun(seed, from, done, plain.split("\n")[0] ?? plain);
    await keepSeed(kept);
    say(
      `Kept in tools/soak/keptSeeds.json: from ${kept.from}, ${kept.actions} actions. The end-to-end tests do them again.`,
    );
    throw error;
  }
}
