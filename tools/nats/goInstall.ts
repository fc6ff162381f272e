import { mkdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { complaint, run } from "../run.ts";
import { binaryName, PINNED_VERSION } from "./release.ts";

/** The first build compiles some hundred packages; a small machine takes minutes. */
const BUILD_MS = 8 * 60_000;

/** Builds the pinned nats-server from Go's module proxy. Throws with the reason when it cannot. */
export async function goInstallNatsServer(
  target: string,
  workFolder: string,
  detail: (words: string) => void,
): Promise<void> {
  const go = await run("go", ["version"], { timeoutMs: 20_000 });
  if (go.code !== 0) throw new Error("there is no Go here");
  let compiled = 0;
  const install = (extra: Record<string, string>) =>
    run("go", ["install", "-v", `github.com/nats-io/nats-server/v2@v${PINNED_VERSION}`], {
      timeoutMs: BUILD_MS,
      cwd: workFolder,
      // Each package is named as it is compiled, each module as it is downloaded.
      onStderr: (text) => {
        compiled += text.split("\n").length - 1;
        detail(`${compiled} modules and packages done`);
      },
      env: { GOBIN: workFolder, GOFLAGS: "", CGO_ENABLED: "0", GOOS: undefined, GOARCH: undefined, ...extra },
    });
  let ran = await install({});
  // An older Go can fetch the newer one that nats-server wants, unless it was told not to.
  if (ran.code !== 0 && /requires go\s?(>=)?/.test(ran.stderr)) ran = await install({ GOTOOLCHAIN: "auto" });
  if (ran.code !== 0) throw new Error(`go install failed: ${complaint(ran.stderr)}`);
  await mkdir(dirname(target), { recursive: true });
  await rename(join(workFolder, binaryName(process.platform)), target);
}
