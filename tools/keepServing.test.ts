import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { ROOT } from "./paths.ts";
import { run } from "./run.ts";

test("what nobody caught is told, and ends nothing", async () => {
  const script = `
    import { keepServing } from ${JSON.stringify(pathToFileURL(join(ROOT, "tools/keepServing.ts")).href)};
    keepServing((line) => console.log(line));
    void Promise.reject(new Error("a rejection"));
    setTimeout(() => { throw new Error("a throw"); });
    setTimeout(() => console.log("still here"), 1);
  `;
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  const { code, stdout } = await run(process.execPath, args, { cwd: ROOT, timeoutMs: 20_000 });
  expect(stdout).toMatch(/Error: a rejection[^]*Error: a throw[^]*still here/);
  expect(code).toBe(0);
});

test.skipIf(process.platform === "win32")(
  "that nobody reads what it says ends nothing, and is not told over and over",
  async () => {
    const script = `
    import { keepServing } from ${JSON.stringify(pathToFileURL(join(ROOT, "tools/keepServing.ts")).href)};
    let told = 0;
    keepServing((line) => { told++; console.log(line); });
    const timer = setInterval(() => console.log("x".repeat(100_000)), 1);
    setTimeout(() => { clearInterval(timer); process.exitCode = told; }, 100);
  `;
    const inPipe = `"${process.execPath}" --import tsx --input-type=module -e '${script}'; echo "exit $?" >&2`;
    const { stderr } = await run("sh", ["-c", `{ ${inPipe}; } | head -c 1`], {
      cwd: ROOT,
      timeoutMs: 20_000,
    });
    expect(stderr.trim()).toBe("exit 0");
  },
);
