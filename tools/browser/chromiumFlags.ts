/** Flags that keep a headless Chromium to itself: no sandbox where root forbids it, no traffic of its own. */
export function chromiumFlags(isRoot: boolean = process.getuid?.() === 0): string[] {
  return [
    ...(isRoot ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
}
