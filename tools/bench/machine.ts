import { cpus, loadavg, totalmem } from "node:os";

/** What it ran on, in a line. */
export function machineWords(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || "processor unknown";
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${processors.length} × ${model}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.version}`;
}

/** How many programs wanted a processor at a time, over the last minute; 0 on Windows, which does not say. */
export const loadBefore = (): number => loadavg()[0] ?? 0;

/** Why the figures may be worth less than they look; null when there is nothing to say. */
export function disturbance(load: number): string | null {
  if (load < cpus().length / 2) return null;
  return `Other programs keep this machine busy (load ${load.toFixed(1)}): both sides are slower, and not by the same share.`;
}
