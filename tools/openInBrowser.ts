import { spawn } from "node:child_process";

/** Opens an address in the person's browser. Where that cannot be done the printed address has to do. */
export function openInBrowser(url: string): void {
  const [command, args] =
    process.platform === "darwin"
      ? ["open", [url]]
      : process.platform === "win32"
        ? ["cmd", ["/c", "start", "", url]]
        : ["xdg-open", [url]];
  const child = spawn(command, args, { stdio: "ignore", detached: true, windowsHide: true });
  child.on("error", () => console.log("  No browser could be opened from here."));
  child.unref();
}
