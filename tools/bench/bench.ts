import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { untilAskedToStop } from "../untilAskedToStop.ts";
import { FOLDER, readBenchOptions, usage } from "./benchOptions.ts";
import type { Comparison } from "./comparison.ts";
import { closedLoops } from "./comparisons/closedLoops.ts";
import { coldLoad } from "./comparisons/coldLoad.ts";
import { loadedPage } from "./comparisons/loadedPage.ts";
import { embeddedServer } from "./comparisons/embeddedServer.ts";
import { longRun } from "./comparisons/longRun.ts";
import { manyResponders } from "./comparisons/manyResponders.ts";
import { oneAtATime } from "./comparisons/oneAtATime.ts";
import { scrubbing } from "./comparisons/scrubbing.ts";
import { steadyHeap } from "./comparisons/steadyHeap.ts";
import { benchDocument } from "./benchDocument.ts";
import { verdictOf, type Finding } from "./finding.ts";
import { lastRows, mergedRows, readLastRows, slowdowns } from "./lastRun.ts";
import { disturbance, loadBefore, machineWords } from "./machine.ts";
import { profileLoads } from "./profileLoad.ts";
import { setStage } from "./stage.ts";
import { failureLine, tableOf } from "./table.ts";

/** `npm run bench`: measures the page on a real nats-server in a real Chromium, against a bare client and against itself. */
const COMPARISONS: readonly Comparison[] = [
  loadedPage,
  steadyHeap,
  longRun,
  scrubbing,
  closedLoops,
  oneAtATime,
  manyResponders,
  coldLoad,
  embeddedServer,
];

/** What each row came to when it was last measured here. */
const LAST_ROWS = join(FOLDER, "last.json");

const say = (line: string): void => console.log(line);

async function bench(): Promise<number> {
  const names = COMPARISONS.map(({ name }) => name);
  const options = readBenchOptions(process.argv.slice(2), names);
  if (options.help) {
    say(usage(names));
    return 0;
  }
  const startedAt = new Date();
  const load = loadBefore();
  const chosen = COMPARISONS.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
  const stage = await setStage(say, options.profile !== null, chosen.includes(embeddedServer));
  const stopped = untilAskedToStop();
  const findings: Finding[] = [];
  try {
    const machine = machineWords();
    say(`${machine}\nChromium ${stage.versions.chromium}, nats-server ${stage.versions.natsServer}\n`);
    const disturbed = disturbance(load);
    if (disturbed !== null) say(`${disturbed}\n`);
    if (options.profile !== null) {
      await Promise.race([profileLoads(stage, options.profile, options.seconds, say), stopped]);
      return 0;
    }
    for (const { name, what, measure } of chosen) {
      say(`${name}: ${what}`);
      const { rounds, seconds } = options;
      const found = await Promise.race([
        measure({ stage, rounds, seconds, progress: (words) => say(`  ${words}`) }),
        stopped,
      ]);
      if (found === "stop") return 130;
      findings.push(...found);
      say("");
    }
    const document = benchDocument({
      startedAt,
      machine,
      loadBefore: load,
      versions: stage.versions,
      options,
      findings,
    });
    await mkdir(dirname(options.out), { recursive: true });
    await writeFile(options.out, `${JSON.stringify(document, null, 2)}\n`);
  } finally {
    await stage.close();
  }
  const before = await readLastRows(LAST_ROWS);
  const rows = lastRows(findings);
  await mkdir(FOLDER, { recursive: true });
  await writeFile(LAST_ROWS, JSON.stringify(mergedRows(before, rows)));
  say(tableOf(findings));
  say(`\n${options.out}`);
  const missed = findings.filter((finding) => verdictOf(finding).met === false);
  for (const finding of missed) say(failureLine(finding));
  for (const line of slowdowns(before, rows)) say(line);
  return missed.length === 0 ? 0 : 1;
}

try {
  process.exit(await bench());
} catch (error) {
  console.error(`\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exit(1);
}
