import { readFileSync } from "node:fs";

const PARENT_CHECK_MS = 1000;

/**
 * Resolves when this process shall end: Ctrl-C, SIGTERM, a closed terminal, or npm gone without a word. A second Ctrl-C ends
 * it at once; nats-server then ends by itself.
 */
export function untilAskedToStop(): Promise<"stop"> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (asked && signal === "SIGINT") process.exit(130);
        asked = true;
        resolve("stop");
      });
    }
    // npm passes signals on, but cannot pass on its own SIGKILL.
    const started = ancestors();
    if (process.env["npm_lifecycle_event"] === undefined || process.platform === "win32") return;
    const timer = setInterval(() => {
      if (ancestors() !== started) resolve("stop");
    }, PARENT_CHECK_MS);
    timer.unref();
  });
}

/** The parent and its parent: npm runs its scripts through a shell, which outlives it. */
function ancestors(): string {
  let grandparent = "";
  try {
    grandparent = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${process.ppid}/status`, "utf8"))?.[1] ?? "";
  } catch {
    // Not on Linux: the parent has to do.
  }
  return `${process.ppid} ${grandparent}`;
}
