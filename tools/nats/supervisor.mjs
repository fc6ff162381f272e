// @ts-check
// Runs nats-server and ends it when the process that asked for it is gone, however that ended: then the channel between the
// two closes. Plain JavaScript, because it has to start in no time and without a loader.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";

const [folder = "", binary = "", ...args] = process.argv.slice(2);
const GRACE_MS = 3000;

const child = spawn(binary, args, { stdio: ["ignore", "inherit", "inherit"], windowsHide: true });

/** @param {object} message */
const tell = (message) => {
  if (process.connected) process.send?.(message, () => {});
};
const end = () => {
  child.kill("SIGTERM");
  setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
};

child.on("spawn", () => tell({ type: "spawned", pid: child.pid }));
child.on("error", (error) => {
  if (process.connected) process.send?.({ type: "failed", message: error.message }, () => process.exit(1));
  rmSync(folder, { recursive: true, force: true });
});
child.on("exit", (code, signal) => {
  tell({ type: "exited", code, signal });
  rmSync(folder, { recursive: true, force: true });
  setImmediate(() => process.exit(0));
});

process.on("message", (message) => {
  if (message === "stop") end();
  if (message === "kill") child.kill("SIGKILL");
  if (message === "lameDuck") child.kill("SIGUSR2");
});
process.on("disconnect", end);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
