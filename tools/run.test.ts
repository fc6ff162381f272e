import { expect, test } from "vitest";
import { complaint, run } from "./run.ts";

const node = (script: string, timeoutMs = 10_000) => run(process.execPath, ["-e", script], { timeoutMs });

test("a program's output and exit code", async () => {
  expect(await node("console.log(1); console.error(2); process.exit(3)")).toEqual({
    code: 3,
    stdout: "1\n",
    stderr: "2\n",
  });
});

test("a program that is not there is a result", async () => {
  expect(await run("no-such-program", [], { timeoutMs: 1000 })).toMatchObject({ code: null });
});

test("a program that does not end is ended", async () => {
  const { code, stderr } = await node("setInterval(() => {}, 1000)", 300);
  expect(code).toBeNull();
  expect(stderr).toContain("was ended after 0 s");
});

test("variables can be added and taken away", async () => {
  const { stdout } = await run(process.execPath, ["-p", "process.env.PATH + process.env.MORE"], {
    timeoutMs: 10_000,
    env: { PATH: undefined, MORE: "more" },
  });
  expect(stdout).toBe("undefinedmore\n");
});

test.each([
  ["one\ntwo\n\n", "two"],
  ["start\nError: no network\n    at somewhere\n}\n", "Error: no network"],
  ["Reading\nE: Unable to locate package\n", "E: Unable to locate package"],
  ["", ""],
])("of %j what says best what went wrong is %j", (text, line) => {
  expect(complaint(text)).toBe(line);
});
