import { randomInt } from "node:crypto";
import { join } from "node:path";
import { Playground } from "../../e2e/pages/Playground.ts";
import { ROOT } from "../paths.ts";
import { withProduct } from "../product.ts";
import { ANSWERS_WITHIN_MS, HEAP_LIMIT } from "./checks.ts";
import { soak } from "./run.ts";
import { readSoakOptions, USAGE } from "./soakOptions.ts";

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

async function run({ seed, minutes, deeds }: ReturnType<typeof readSoakOptions>): Promise<void> {
  say(`Seed ${seed}.`);
  await withProduct(say, async ({ url, server, browser }) => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, acceptDownloads: true });
    const broken: string[] = [];
    page.on("pageerror", (error) => broken.push(error.message));
    const playground = new Playground(page);
    await playground.open(url);
    let done = 0;
    try {
      const until = performance.now() + minutes * 60_000;
      const figures = await soak(playground, server, {
        seed,
        deeds,
        until,
        say(line) {
          done = Number(/^\d+/.exec(line)?.[0] ?? done);
          say(line);
        },
      });
      if (broken.length > 0) throw new Error(`The page threw: ${broken.join("; ")}`);
      const { first, last, slowestAnswerMs } = figures;
      say(
        [
          `Passed: ${figures.done} deeds, ${last.started} calls started and all accounted for.`,
          `Slowest answer of the page ${slowestAnswerMs.toFixed(0)} ms (limit ${ANSWERS_WITHIN_MS}).`,
          `Heap ${first.heapMb.toFixed(1)} MB at first, ${last.heapMb.toFixed(1)} MB at last (limit ${HEAP_LIMIT} ×).`,
        ].join("\n"),
      );
    } catch (error) {
      say(`Failed. To do it again: npm run soak -- --seed ${seed} --deeds ${done + 1}`);
      for (const words of broken) say(`The page threw: ${words}`);
      const picture = join(ROOT, "test-results", `soak-${seed}.png`);
      await page.screenshot({ path: picture }).catch(() => {}); // The page may be what failed.
      say(`How it looked: ${picture}`);
      throw error;
    }
  });
}
