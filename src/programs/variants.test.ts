import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packageProgram, ROOT } from "../../tools/paths.ts";
import { findTool, written } from "../../tools/programs/toolbox.ts";
import { run } from "../../tools/run.ts";
import { CALL_HEADER, PLAIN_POLICY } from "../domain/setup/policies.ts";
import type { Delay, Policy, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";
import type { Language } from "./program.ts";
import { GO_HANDLERS } from "./goHandlers.ts";
import { requesterProgram, responderProgram } from "./writeProgram.ts";

// What a template leaves out has to leave a sound program: each part alone, and many together.
const RETRY = {
  attempts: 10,
  timeouts: "exponential",
  backoff: "exponential",
  firstDelayMs: 50,
  maxDelayMs: 2000,
  jitter: "none",
} as const;
const GATHER = { count: 3, forMs: 3000, gapMs: null, sentinel: false };
const POLICIES: readonly Partial<Policy>[] = [
  {},
  { callHeader: CALL_HEADER },
  { retry: RETRY },
  { retry: { ...RETRY, timeouts: "same", jitter: "full" }, callHeader: CALL_HEADER },
  { retry: { ...RETRY, jitter: "decorrelated" } },
  { retry: { ...RETRY, backoff: "none" } },
  { breaker: { failures: 2, openMs: 500 } },
  { breaker: { failures: 2, openMs: 500 }, retry: RETRY, fallback: { format: "text", text: "" } },
  { fallback: { format: "text", text: "spare" } },
  { gather: GATHER },
  { gather: { count: null, forMs: 500, gapMs: 100, sentinel: true }, callHeader: CALL_HEADER },
];
const REQUESTERS: readonly Partial<RequesterSetup>[] = [
  {},
  { headers: [{ name: "X", value: "__name__" }], inbox: "perRequest", timeoutMs: 60_000 },
  { payload: { format: "json", template: '{ "n": {{n}}, "r": {{random 1 9}}, "u": "{{uuid}}" }' } },
];
const DELAYS: readonly Delay[] = [
  { kind: "none" },
  { kind: "fixed", ms: 0.5 },
  { kind: "uniform", minMs: 1, maxMs: 2 },
  { kind: "normal", meanMs: 5, deviationMs: 1 },
  { kind: "exponential", meanMs: 4 },
];
const SHARES = { handling: "oneAtATime", errorShare: 0.1, dropShare: 0.2, queue: null } as const;

const place = (credentials: "none" | "user" | "token") => ({ url: "nats://127.0.0.1:4222", credentials });

const requesters = (language: Language): string[] =>
  POLICIES.flatMap((policy, index) =>
    REQUESTERS.map((more) => {
      const setup: RequesterSetup = {
        name: "client-1",
        subject: "asked",
        payload: { format: "text", template: "hello" },
        headers: [],
        timeoutMs: 400,
        policy: { ...PLAIN_POLICY, ...policy },
        ...more,
      };
      return requesterProgram(language, setup, place(index === 0 ? "user" : index === 1 ? "token" : "none"))
        .text;
    }),
  );

const responders = (language: Language): string[] => {
  const program = (builtin: string | null, more: Partial<ResponderSetup>): string => {
    const setup: ResponderSetup = {
      name: "responder-1",
      subject: "asked",
      queue: "users",
      handler: { kind: "code", title: "mine", source: "" },
      delay: { kind: "none" },
      handling: "concurrent",
      errorShare: 0,
      dropShare: 0,
      ...more,
    };
    const source = "export default (request) => {\n\tif (request) return request.text;\n};\n";
    return responderProgram(language, setup, place("user"), { builtin, source }).text;
  };
  return [
    ...Object.keys(GO_HANDLERS).map((id) => program(id, {})),
    ...DELAYS.map((delay) => program("echo", { delay })),
    ...DELAYS.map((delay) => program(null, { delay, ...SHARES })),
  ];
};

const python = await findTool("python");
const go = await findTool("go");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roundtrip-variants-"));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"), "junction");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes each text into a file of its own, and gives the paths. */
const files = (texts: readonly string[], ending: string): Promise<string[]> =>
  Promise.all(texts.map((text, index) => written(folder, `program-${index}.${ending}`, text)));

it("every requester in TypeScript has sound types", { timeout: 60_000 }, async () => {
  const options = ["--strict", "--noEmit", "--noUnusedLocals", "--noUnusedParameters", "--skipLibCheck"];
  const target = ["--target", "es2023", "--module", "nodenext", "--types", "node"];
  const { stdout } = await run(
    process.execPath,
    [
      packageProgram("typescript", "bin/tsc"),
      ...options,
      ...target,
      ...(await files(requesters("typescript"), "mts")),
    ],
    { timeoutMs: 50_000, cwd: folder },
  );
  expect(stdout).toBe("");
});

it.skipIf(!go.found)("every program in Go is as gofmt writes it", { timeout: 60_000 }, async () => {
  const paths = await files([...requesters("go"), ...responders("go")], "go");
  expect(await run("gofmt", ["-l", ...paths], { timeoutMs: 50_000 })).toMatchObject({
    stdout: "",
    stderr: "",
    code: 0,
  });
});

it.skipIf(!python.found)("every program in Python compiles", { timeout: 60_000 }, async () => {
  if (!python.found) return;
  const paths = await files([...requesters("python"), ...responders("python")], "py");
  const { stderr, code } = await run(python.command, ["-m", "py_compile", ...paths], { timeoutMs: 50_000 });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
});

it("every program of commands is read by a shell", { timeout: 60_000 }, async () => {
  const paths = await files([...requesters("cli"), ...responders("cli")], "sh");
  const all = paths.map((path) => `sh -n ${path}`).join(" && ");
  expect(await run("sh", ["-c", all], { timeoutMs: 50_000 })).toMatchObject({ stderr: "", code: 0 });
});
