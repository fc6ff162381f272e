/** The nats-server that Roundtrip fetches when the machine has none. Change the version and all the sums together. */
export const PINNED_VERSION = "2.14.6";

const RELEASES = "https://github.com/nats-io/nats-server/releases/download";

/** SHA-256 of the archives, from the release's own SHA256SUMS. */
const SHA256: Readonly<Record<string, string>> = {
  "linux-amd64.tar.gz": "61c3d55f69f61ec616b75782250936445f2819e9e5f2ae6159b10a31abd2200c",
  "linux-arm64.tar.gz": "3ff6e463762db64186a36cf0276dae8320509e995151ad0153ba9c9f67eee3f9",
  "linux-arm7.tar.gz": "1dcffbdc6df72f534e2d02f98517e9eefa300a7d76465398814122f5768fbae0",
  "darwin-amd64.tar.gz": "239d4f3314334cc86cb12d7c252cf9b3461364451cc8ec5a39fb4915acd717c1",
  "darwin-arm64.tar.gz": "291b9aa8c342b3cdcc53d872585bd467de4b5c9acf375066d882eb5412a09d55",
  "windows-amd64.zip": "b47e9c69480e41e668e495e8b980b12dbf226d1ce7eceb9c44acdd33640bafcd",
  "windows-arm64.zip": "d7d7a4d22039f265f049591194f592bab742f33ed36236f4475f670a275946fb",
};

export interface ReleaseArchive {
  readonly url: string;
  readonly sha256: string;
  readonly kind: "tar.gz" | "zip";
}

/** The archive for a system, or null where the project releases none that is pinned here. */
export function releaseArchive(
  platform: NodeJS.Platform,
  arch: string,
  releases: string = RELEASES,
): ReleaseArchive | null {
  const system = platform === "win32" ? "windows" : platform;
  const machine = { x64: "amd64", arm64: "arm64", arm: "arm7" }[arch] ?? arch;
  const kind = platform === "win32" ? "zip" : "tar.gz";
  const sha256 = SHA256[`${system}-${machine}.${kind}`];
  if (sha256 === undefined) return null;
  const name = `nats-server-v${PINNED_VERSION}-${system}-${machine}.${kind}`;
  return { url: `${releases}/v${PINNED_VERSION}/${name}`, sha256, kind };
}

export function binaryName(platform: NodeJS.Platform): string {
  return platform === "win32" ? "nats-server.exe" : "nats-server";
}
