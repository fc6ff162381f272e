import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serverForTests } from "./nats/serverForTests.ts";
import { packageProgram, ROOT } from "./paths.ts";
import { pickPorts } from "./ports.ts";
import { run } from "./run.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "roundtrip-deployed-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What `docker compose up` runs before nats-server, with its folders in the test's own. */
async function composedScript(): Promise<string> {
  const compose = await readFile(join(ROOT, "docker-compose.yml"), "utf8");
  const [, script = ""] = /- \|\n((?: {8}.*\n)+)/.exec(compose) ?? [];
  return script.replaceAll("$$", "$").replaceAll(/\/(run|etc)\/roundtrip|\/tmp/g, folder);
}

test.skipIf(process.platform !== "linux")(
  "composed, nats-server listens for its container, and its monitoring where nobody can guess",
  async () => {
    await copyFile(join(ROOT, "nats-server.conf"), join(folder, "nats-server.conf"));
    // In place of nats-server: shows what it was given. The file is read before it is written, so from another name.
    await writeFile(join(folder, "nats-server"), '#!/bin/sh\ncat "$2"\n');
    await chmod(join(folder, "nats-server"), 0o755);
    const script = (await composedScript()).replaceAll(/(> |-c )(\S+)\.conf/g, "$1$2-made.conf");
    const env = { PATH: `${folder}:${process.env["PATH"]}` };
    const given = async (): Promise<string> => {
      const { code, stdout, stderr } = await run("sh", ["-ec", script], { timeoutMs: 10_000, env });
      expect(stderr).toBe("");
      expect(code).toBe(0);
      return stdout;
    };
    const conf = await given();
    expect(conf).toMatch(/^HOST = "0\.0\.0\.0"$/m);
    const path = (await readFile(join(folder, "monitoring-path"), "utf8")).trim();
    expect(path).toMatch(/^[0-9a-f-]{36}$/);
    expect(conf).toContain(`\nMONITORING_PATH = "/${path}"\n`);
    expect(await given()).toBe(conf);
  },
);

test(
  "what the image runs needs nothing but Node, and reads the path of monitoring from a file",
  {
    timeout: 60_000,
  },
  async () => {
    const outDir = join(folder, "server");
    const args = [packageProgram("vite", "bin/vite.js"), "build", "--config", "tools/vite/server.config.ts"];
    const built = await run(process.execPath, [...args, "--outDir", outDir, "--logLevel", "error"], {
      cwd: ROOT,
      timeoutMs: 50_000,
    });
    expect(built).toMatchObject({ code: 0, stderr: "" });
    expect((await readdir(outDir)).toSorted()).toEqual(["licenses.txt", "serve.mjs"]);
    await mkdir(join(folder, "dist"));
    await writeFile(join(folder, "dist", "index.html"), "the page");

    const nats = await serverForTests();
    await nats.start();
    const [port = 0] = await pickPorts(1);
    const { origin, pathname } = new URL(nats.monitoringUrl);
    await writeFile(join(folder, "path"), `${pathname.slice(1)}\n`);
    const env = {
      ...process.env,
      ROUNDTRIP_PORT: String(port),
      ROUNDTRIP_CLIENT_URL: nats.clientUrl,
      ROUNDTRIP_MONITORING_URL: origin,
      ROUNDTRIP_MONITORING_PATH_FILE: join(folder, "path"),
      ROUNDTRIP_FRAME: "https://course.example",
    };
    const served = spawn(process.execPath, ["server/serve.mjs"], { cwd: folder, stdio: "pipe", env });
    try {
      await once(served.stdout, "data");
      const url = `http://127.0.0.1:${port}/`;
      expect(await (await fetch(url)).text()).toBe("the page");
      expect(await (await fetch(`${url}monitoring/varz`)).json()).toMatchObject({ server_name: "roundtrip" });
      expect(await (await fetch(`${url}roundtrip.json`)).json()).toMatchObject({
        framers: ["https://course.example"],
      });
      expect((await fetch(`${url}comparison`, { method: "POST" })).status).toBe(200);
      // The image's own question.
      const dockerfile = await readFile(join(ROOT, "Dockerfile"), "utf8");
      const [, check = "[]"] = /^HEALTHCHECK .* CMD (\[.*\])$/m.exec(dockerfile) ?? [];
      const asked: unknown = JSON.parse(check);
      expect(asked).toEqual(["node", "-e", expect.any(String)]);
      const [, , program = ""] = Array.isArray(asked) ? asked.map(String) : [];
      expect(await run(process.execPath, ["-e", program], { env, timeoutMs: 10_000 })).toMatchObject({
        code: 0,
      });
      const elsewhere = { ...env, ROUNDTRIP_PORT: "1" };
      expect(
        await run(process.execPath, ["-e", program], { env: elsewhere, timeoutMs: 10_000 }),
      ).toMatchObject({ code: 1 });
    } finally {
      const ended = once(served, "exit");
      served.kill("SIGTERM");
      expect((await ended)[0]).toBe(0);
      await nats.stop();
    }
  },
);

test("workflows run actions by their commits, and what may publish runs nothing of anybody else's", async () => {
  const workflows = join(ROOT, ".github", "workflows");
  for (const name of await readdir(workflows)) {
    const text = await readFile(join(workflows, name), "utf8");
    const uses = [...text.matchAll(/uses: (.*)/g)].map(([, used]) => used);
    expect(uses.length).toBeGreaterThan(0);
    for (const used of uses) expect(used).toMatch(/^actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    // Of the whole file, and then of each job.
    const [head = "", jobs = ""] = text.split(/^jobs:$/m);
    expect(head).toMatch(/^permissions: \{\}$|^permissions:\n {2}contents: read$/m);
    expect(head).not.toContain("write");
    for (const job of jobs.split(/^(?= {2}[a-z-]+:$)/m)) {
      if (/^ +[a-z-]+: write$/m.test(job)) expect(job).not.toMatch(/\brun:|actions\/checkout/);
    }
  }
});
