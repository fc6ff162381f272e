import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { chromiumFlags } from "../browser/chromiumFlags.ts";
import { connectDevTools, type Session, type Workers } from "./devTools.ts";

/** A page of its own, with a cache and a storage of its own. */
export interface Tab {
  readonly session: Session;
  attachWorkers(): Promise<Workers>;
  /** Lets Playwright drive the page, and takes it off again. */
  drive<T>(work: (page: Page) => Promise<T>): Promise<T>;
}

export interface BenchBrowser {
  readonly version: string;
  withTab<T>(work: (tab: Tab) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const START_MS = 20_000;
/** How long the page may take to do what it is told. */
const ACTION_MS = 15_000;
const VIEWPORT = "1440,900";
const ADDRESS = /DevTools listening on (ws:\S+)/;

/** Starts a browser that is not Playwright's own, so that Playwright can come and go. */
export async function startBrowser(executablePath: string): Promise<BenchBrowser> {
  const profile = await mkdtemp(join(tmpdir(), "roundtrip-bench-"));
  const flags = [
    ...chromiumFlags(),
    "--headless",
    "--hide-scrollbars",
    "--mute-audio",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    // What is measured is never in the background, whatever the browser thinks is on top.
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    `--window-size=${VIEWPORT}`,
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
    "about:blank",
  ];
  const child = spawn(executablePath, flags, { stdio: ["ignore", "ignore", "pipe"] });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = (): void => void child.kill("SIGKILL");
  // Never outlives this process.
  process.once("exit", kill);
  const close = async (): Promise<void> => {
    child.kill();
    const timer = setTimeout(kill, 5000);
    await ended;
    clearTimeout(timer);
    process.off("exit", kill);
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };

  try {
    const url = await addressOf(child.stderr);
    const devTools = await connectDevTools(url);
    const { product } = await devTools.send("Browser.getVersion");
    return {
      version: String(product).replace(/^.*\//, ""),
      async withTab(work) {
        const { browserContextId } = await devTools.send("Target.createBrowserContext");
        await devTools.send("Browser.setDownloadBehavior", { behavior: "deny", browserContextId });
        const where = { url: "about:blank", browserContextId };
        const targetId = String((await devTools.send("Target.createTarget", where))["targetId"]);
        const session = await devTools.attach(targetId);
        try {
          return await work({
            session,
            attachWorkers: () => devTools.attachWorkers(session),
            drive: (drive) => driven(url, targetId, drive),
          });
        } finally {
          await devTools.send("Target.disposeBrowserContext", { browserContextId });
        }
      },
      async close() {
        devTools.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function addressOf(stderr: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(
      () => reject(new Error(`The browser did not start within ${START_MS / 1000} s.\n${said}`)),
      START_MS,
    );
    stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-10_000);
      const url = ADDRESS.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    stderr.on("end", () => reject(new Error(`The browser ended.\n${said}`)));
  });
}

async function driven<T>(url: string, targetId: string, work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await chromium.connectOverCDP(url);
  try {
    for (const page of browser.contexts().flatMap((context) => context.pages())) {
      const session = await page.context().newCDPSession(page);
      const { targetInfo } = await session.send("Target.getTargetInfo");
      await session.detach();
      if (targetInfo.targetId !== targetId) continue;
      page.setDefaultTimeout(ACTION_MS);
      return await work(page);
    }
    throw new Error("Playwright does not see the page that it shall drive.");
  } finally {
    // Of a browser that it did not start, this only lets go.
    await browser.close();
  }
}
