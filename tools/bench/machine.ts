import { cpus, totalmem } from "node:os";

/** What it ran on, in a line. */
export function machineWords(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || "processor unknown";
  const memory = Math.round(totalmem() / 1024 ** 3);
  return `${processors.length} × ${model}, ${memory} GB, ${process.platform} ${process.arch}, Node ${process.version}`;
}
