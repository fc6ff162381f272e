import { spawn } from "node:child_process";
import { packageProgram, ROOT } from "../paths.ts";

/**
 * `npm run e2e:static`, `e2e:offline` and `e2e:in-tab`: the whole end-to-end suite on the nats-server in the browser. What follows `--` goes
 * to Playwright. A variable in front of a command is not understood by every shell that npm uses, hence this.
 */
const [kind = "", ...more] = process.argv.slice(2);
const child = spawn(process.execPath, [packageProgram("@playwright/test", "cli.js"), "test", ...more], {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...process.env, ROUNDTRIP_E2E_SERVER: kind },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
child.on("exit", (code) => (process.exitCode = code ?? 1));
