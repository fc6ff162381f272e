import { access } from "node:fs/promises";
import { delimiter, join } from "node:path";

import { chromium } from "@playwright/test";
import { packageProgram } from "../paths.ts";
import { withProgress, type Say } from "../progress.ts";
import { complaint, run } from "../run.ts";

export const CHROMIUM_VARIABLE = "ROUNDTRIP_CHROMIUM";

/** Playwright asks several hosts several times; where there is no internet that takes far too long. */
const DOWNLOAD_MS = 5 * 60_000;
const CONNECT_MS = 5000;
const APT_MS = 10 * 60_000;

/**
 * The browser for the end-to-end tests: the one a person names, else Playwright's own, else one that is installed, else one
 * that is fetched now. Throws an error for people, which says what was tried and what to do.
 */
export async function findChromium(say: Say, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env[CHROMIUM_VARIABLE];
  if (named) {
    const problem = await whyNotUsable(named);
    if (problem === null) return named;
    throw new Error(`${CHROMIUM_VARIABLE} names no browser that runs here: ${problem}`);
  }

  const tried: string[] = [];
  const firstUsable = async (paths: readonly string[]): Promise<string | null> => {
    for (const path of paths) {
      if (!(await exists(path))) continue;
      const problem = await whyNotUsable(path);
      if (problem === null) return path;
      tried.push(problem);
    }
    return null;
  };

  const present = await firstUsable([chromium.executablePath(), ...installed(env)]);
  if (present !== null) return present;
  if (tried.length === 0) tried.push("Playwright's browser, Chromium, Chrome and Edge: none is installed");

  const ways = [
    { what: "Downloading Chromium with Playwright", get: downloadWithPlaywright },
    { what: "Installing Debian's Chromium", get: installWithApt },
  ];
  for (const { what, get } of ways) {
    const problem = await withProgress(say, what, get);
    const found = problem === null ? await firstUsable([chromium.executablePath(), ...installed(env)]) : null;
    if (found !== null) return found;
    tried.push(`${what}: ${problem ?? "it ended well, but there is no browser that runs"}`);
  }
  throw new Error(
    [
      "There is no Chromium for the end-to-end tests, and none could be fetched.",
      "",
      ...tried.map((line) => `  - ${line}`),
      "",
      "Install Chrome or Chromium, or run `npx playwright install --with-deps chromium`,",
      `or name one: ${CHROMIUM_VARIABLE}=/path/to/chromium`,
    ].join("\n"),
  );
}

/** Where browsers of Chromium's kind are, on each system. */
function installed(env: NodeJS.ProcessEnv): string[] {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === "win32") {
    const folders = [env["ProgramFiles"], env["ProgramFiles(x86)"], env["LOCALAPPDATA"]].filter(
      (folder) => folder !== undefined,
    );
    return folders.flatMap((folder) => [
      join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      join(folder, "Chromium", "Application", "chrome.exe"),
      join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]);
  }
  const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser", "microsoft-edge"];
  return (env["PATH"] ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
}

/** null when the browser runs, which one without its libraries does not. */
async function whyNotUsable(path: string): Promise<string | null> {
  if (!(await exists(path))) return `${path} does not exist`;
  // On Windows --version opens a window instead.
  if (process.platform === "win32") return null;
  const { code, stdout, stderr } = await run(path, ["--version"], { timeoutMs: 20_000 });
  return code === 0 && /\d+\.\d+/.test(stdout)
    ? null
    : `${path} --version failed: ${complaint(stderr) || `exit code ${code}`}`;
}

/** Why it failed, or null. */
async function downloadWithPlaywright(): Promise<string | null> {
  const { code, stdout, stderr } = await run(
    process.execPath,
    [packageProgram("@playwright/test", "cli.js"), "install", "chromium"],
    {
      timeoutMs: DOWNLOAD_MS,
      env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: String(CONNECT_MS) },
    },
  );
  return code === 0 ? null : complaint(stderr) || complaint(stdout) || `exit code ${code}`;
}

/** Why it failed, or null. */
async function installWithApt(): Promise<string | null> {
  if (process.getuid?.() !== 0) return "that needs root, and Debian or a relative of it";
  const options = { timeoutMs: APT_MS, env: { DEBIAN_FRONTEND: "noninteractive" } };
  const updated = await run("apt-get", ["update"], options);
  if (updated.code !== 0) return `apt-get update: ${complaint(updated.stderr)}`;
  const args = ["install", "--yes", "--no-install-recommends", "chromium"];
  const got = await run("apt-get", args, options);
  return got.code === 0 ? null : `apt-get install chromium: ${complaint(got.stderr)}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
