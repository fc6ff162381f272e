import type { Comparison } from "../comparison.ts";
import type { Session } from "../devTools.ts";
import type { Finding } from "../finding.ts";
import { openProductPage } from "../productPage.ts";
import { percentile } from "../statistics.ts";

const PER_SECOND = 1000;
const SETTLING_SECONDS = 2;

interface Busyness {
  /** Of the main thread's time that passed in tasks, in percent. */
  readonly share: number;
  /** The part of it for which a processor was at work; the rest is waiting for one. In percent. */
  readonly processorShare: number;
  readonly frameP95Ms: number;
  readonly longestTaskMs: number;
}

/** What the page's own thread is busy with while everything is recorded and drawn. */
export const loadedPage: Comparison = {
  name: "loaded-page",
  what: `the page at ${PER_SECOND} requests/s, 3 responders, against the idle page`,
  async measure({ stage, rounds, seconds, progress }) {
    const idle: Busyness[] = [];
    const loaded: Busyness[] = [];
    const rates: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      await stage.withTab(async (tab) => {
        const { session } = tab;
        const product = await openProductPage(stage, tab, 3);
        const loadSeconds = seconds + 2 * SETTLING_SECONDS;
        await product.plan({ perSecond: PER_SECOND }, { seconds: loadSeconds });
        await settle(session);
        idle.push(await watch(session, seconds));
        await product.startLoad();
        await settle(session);
        loaded.push(await watch(session, seconds));
        const { counts } = await product.loadEnded();
        rates.push(counts.replied / loadSeconds);
      });
      const [now, before] = [loaded.at(-1), idle.at(-1)];
      progress(
        `round ${round} of ${rounds}: idle ${words(before)}; loaded ${words(now)}, ${Math.round(rates.at(-1) ?? NaN)}/s`,
      );
    }
    const of = (key: keyof Busyness) => ({
      side: { name: "loaded", rounds: loaded.map((each) => each[key]) },
      against: { name: "idle page", rounds: idle.map((each) => each[key]) },
    });
    const findings: Finding[] = [
      {
        what: "load replied to and drawn",
        unit: "/s",
        side: { name: "loaded", rounds: rates },
        against: null,
        // Less, and the figures below would be those of an easier life.
        budget: { of: "value", least: PER_SECOND * 0.99 },
      },
      { what: "main thread, in tasks", unit: "%", ...of("share"), budget: { of: "value", most: 25 } },
      { what: "main thread, on a processor", unit: "%", ...of("processorShare"), budget: null },
      { what: "frame time, p95", unit: "ms", ...of("frameP95Ms"), budget: { of: "ratio", most: 1.5 } },
      {
        what: "longest task over 50 ms",
        unit: "ms",
        side: of("longestTaskMs").side,
        against: null,
        budget: { of: "value", most: 50 },
        by: "largest",
      },
    ];
    return findings;
  },
};

const words = (busy: Busyness | undefined): string =>
  busy
    ? `${busy.share.toFixed(1)} %, p95 ${busy.frameP95Ms.toFixed(1)} ms, longest task ${Math.round(busy.longestTaskMs)} ms`
    : "";

const settle = (session: Session): Promise<void> =>
  session.evaluate((ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)), SETTLING_SECONDS * 1000);

/** Watches the main thread for so long. The frame counter runs on an idle page too, so its own share is in both figures. */
async function watch(session: Session, seconds: number): Promise<Busyness> {
  await session.send("Performance.enable", { timeDomain: "timeTicks" });
  const read = async (): Promise<(name: string) => number> => {
    const answer = await session.send("Performance.getMetrics");
    const metrics = answer["metrics"] as readonly { name: string; value: number }[]; // the protocol's own
    return (name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  };
  const before = await read();
  const { frameTimesMs, longTasksMs } = await session.evaluate(watchFrames, seconds * 1000);
  const after = await read();
  await session.send("Performance.disable");
  const spent = (name: string): number => after(name) - before(name);
  return {
    share: (100 * spent("TaskDuration")) / spent("Timestamp"),
    processorShare: (100 * spent("ThreadTime")) / spent("Timestamp"),
    frameP95Ms: percentile(frameTimesMs, 95),
    longestTaskMs: Math.max(0, ...longTasksMs),
  };
}

/** Runs in the page. */
function watchFrames(ms: number): Promise<{ frameTimesMs: number[]; longTasksMs: number[] }> {
  if (document.visibilityState !== "visible")
    throw new Error("The page is not visible, so it draws nothing.");
  return new Promise((resolve) => {
    const frameTimesMs: number[] = [];
    const longTasksMs: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const task of list.getEntries()) longTasksMs.push(task.duration);
    });
    observer.observe({ type: "longtask" });
    let first = 0;
    let last = 0;
    const step = (at: number): void => {
      if (last === 0) first = at;
      else frameTimesMs.push(at - last);
      last = at;
      if (at - first < ms) return void requestAnimationFrame(step);
      for (const task of observer.takeRecords()) longTasksMs.push(task.duration);
      observer.disconnect();
      resolve({ frameTimesMs, longTasksMs });
    };
    requestAnimationFrame(step);
  });
}
