import { complaint, run } from "../run.ts";

/** The version a nats-server binary says it is, such as "2.14.6", or why it is not usable. */
export async function natsServerVersion(
  path: string,
): Promise<{ readonly version: string } | { readonly problem: string }> {
  const { code, stdout, stderr } = await run(path, ["--version"], { timeoutMs: 20_000 });
  const version = /nats-server:? v?(\d+\.\d+\.\d+\S*)/.exec(stdout + stderr)?.[1];
  if (code === 0 && version !== undefined) return { version };
  return {
    problem: `${path} --version failed: ${complaint(stderr) || complaint(stdout) || `exit code ${code}`}`,
  };
}
