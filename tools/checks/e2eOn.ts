import { spawn } from "node:child_process";
import { ALL_LESSONS_VARIABLE } from "../../e2e/fixtures/allLessons.ts";
import { packageProgram, ROOT } from "../paths.ts";

/**
 * `npm run e2e:static`, `e2e:offline` and `e2e:in-tab`: the whole end-to-end suite on the nats-server in the browser; `e2e:lessons`: the
 * lessons, each of them done to its end by keyboard. What follows `--` goes to Playwright. A variable in front of a command is not understood by every shell that npm uses, hence this.
 */
const [kind = "", ...more] = process.argv.slice(2);
const lessons = kind === "lessons";
const what = lessons ? ["e2e/lessons", ...more] : more;
const child = spawn(process.execPath, [packageProgram("@playwright/test", "cli.js"), "test", ...what], {
  cwd: ROOT,
  stdio: "inherit",
  env: { ...process.env, ...(lessons ? { [ALL_LESSONS_VARIABLE]: "1" } : { ROUNDTRIP_E2E_SERVER: kind }) },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
child.on("exit", (code) => (process.exitCode = code ?? 1));
