import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { serverForTests } from "./nats/serverForTests.ts";
import { ROOT } from "./paths.ts";
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

test("the page's server reads the path of monitoring from a file", { timeout: 30_000 }, async () => {
  const nats = await serverForTests();
  await nats.start();
  const [port = 0] = await pickPorts(1);
  const { origin, pathname } = new URL(nats.monitoringUrl);
  await writeFile(join(folder, "path"), `${pathname.slice(1)}\n`);
  const served = spawn(process.execPath, ["--import", "tsx", "tools/serve.ts"], {
    cwd: ROOT,
    stdio: "ignore",
    env: {
      ...process.env,
      ROUNDTRIP_PORT: String(port),
      ROUNDTRIP_MONITORING_URL: origin,
      ROUNDTRIP_MONITORING_PATH_FILE: join(folder, "path"),
    },
  });
  try {
    await vi.waitFor(
      async () => {
        const answer = await fetch(`http://127.0.0.1:${port}/monitoring/varz`);
        expect(await answer.json()).toMatchObject({ server_name: "roundtrip" });
      },
      { timeout: 20_000 },
    );
  } finally {
    const ended = once(served, "exit");
    served.kill("SIGTERM");
    await Promise.all([ended, nats.stop()]);
  }
});
