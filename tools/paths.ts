import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Where things that were fetched once are kept between starts: the place each system has for it. */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  if (env["ROUNDTRIP_CACHE"]) return env["ROUNDTRIP_CACHE"];
  if (env["XDG_CACHE_HOME"]) return join(env["XDG_CACHE_HOME"], "roundtrip");
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "roundtrip");
  if (platform === "darwin") return join(home, "Library", "Caches", "roundtrip");
  return join(home, ".cache", "roundtrip");
}

/** A program of an installed package, to be run with Node: without a shell it is found the same way on every system. */
export function packageProgram(name: string, path: string): string {
  return join(ROOT, "node_modules", name, path);
}
