import { gzipSync } from "node:zlib";
import type { Comparison } from "../comparison.ts";
import { builtFile } from "../stage.ts";

const MOST_JS_KB = 250;

interface FirstReply {
  readonly readyMs: number;
  readonly replyMs: number;
}

/** A first visit with an empty cache: Send is pressed the moment it can be answered. Times count from the navigation. */
export const coldLoad: Comparison = {
  name: "cold-load",
  what: "from opening the page with an empty cache to the first reply, and the script transferred up to then",
  async measure({ stage, rounds, progress }) {
    const readyMs: number[] = [];
    const replyMs: number[] = [];
    const scriptKb: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      stage.takeRequested();
      const first = await stage.withTab(async (tab) => {
        await tab.session.send("Page.navigate", { url: stage.url });
        return await tab.session.evaluate(sendWhenReady);
      });
      const kb = (await scriptBytes(stage.takeRequested())) / 1000;
      readyMs.push(first.readyMs);
      replyMs.push(first.replyMs);
      scriptKb.push(kb);
      progress(
        `cold load, round ${round} of ${rounds}: first reply after ${Math.round(first.replyMs)} ms, ${Math.round(kb)} kB`,
      );
    }
    const alone = { against: null, budget: null } as const;
    return [
      {
        what: "cold load: ready to send",
        unit: "ms",
        side: { name: "Roundtrip", rounds: readyMs },
        ...alone,
      },
      {
        what: "cold load: first reply shown",
        unit: "ms",
        side: { name: "Roundtrip", rounds: replyMs },
        ...alone,
      },
      {
        what: "script up to the first reply, gzip",
        unit: "kB",
        side: { name: "Roundtrip", rounds: scriptKb },
        against: null,
        budget: { of: "value", most: MOST_JS_KB },
        by: "largest",
      },
    ];
  },
};

/** Runs in the page. */
function sendWhenReady(): Promise<FirstReply> {
  return new Promise((resolve) => {
    let readyMs = 0;
    const look = (): void => {
      if (readyMs === 0) {
        const send = [...document.querySelectorAll("button")].find(
          (button) => button.textContent.trim() === "Send",
        );
        const states = [...document.querySelectorAll("[role=group] [data-state]")];
        const connected = states.filter((state) => state.getAttribute("data-state") === "connected");
        if (send && !send.disabled && connected.length >= 2) {
          readyMs = performance.now();
          send.click();
        }
      } else if (/\b1\s*replied/.test(document.querySelector('[aria-label="Calls"]')?.textContent ?? "")) {
        return resolve({ readyMs, replyMs: performance.now() });
      }
      requestAnimationFrame(look);
    };
    look();
  });
}

/** Each script once, however many workers asked for it: they share the browser's cache. */
async function scriptBytes(paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (const path of new Set(paths)) {
    if (path.endsWith(".js")) bytes += gzipSync(await builtFile(path)).length;
  }
  return bytes;
}
