import { readFile } from "node:fs/promises";
import { BUILT } from "./build.ts";
import { keepServing } from "./keepServing.ts";
import { FRAME_VARIABLE } from "./options.ts";
import { startAppServer } from "./server/appServer.ts";
import { builtPage } from "./server/builtPage.ts";
import { readFramers } from "./server/framers.ts";
import { untilAskedToStop } from "./untilAskedToStop.ts";

/**
 * Serves the built page for a nats-server that runs elsewhere, as in docker-compose.yml. Where it is comes from
 * ROUNDTRIP_SERVER_URL (for the page), ROUNDTRIP_CLIENT_URL (for the programs that the page shows); for this program itself
 * from ROUNDTRIP_OWN_CLIENT_URL and ROUNDTRIP_MONITORING_URL, whose path may stand in the file that
 * ROUNDTRIP_MONITORING_PATH_FILE names, where it is a secret. ROUNDTRIP_FRAME lists the sites that may have the page in a frame.
 */
function named(variable: string, usual: string): string {
  return process.env[variable] ?? usual;
}

async function monitoringUrl(): Promise<string> {
  const url = named("ROUNDTRIP_MONITORING_URL", "http://127.0.0.1:8222");
  const file = process.env["ROUNDTRIP_MONITORING_PATH_FILE"];
  return file === undefined ? url : `${url}/${(await readFile(file, "utf8")).trim()}`;
}

const stopped = untilAskedToStop();
const app = await startAppServer({
  port: Number(named("ROUNDTRIP_PORT", "4173")),
  hosts: [named("ROUNDTRIP_HOST", "127.0.0.1")],
  mode: "built",
  content: () => builtPage(BUILT),
  webSocketUrl: named("ROUNDTRIP_SERVER_URL", "ws://127.0.0.1:9222"),
  monitoringUrl: await monitoringUrl(),
  clientUrl: named("ROUNDTRIP_CLIENT_URL", "nats://127.0.0.1:4222"),
  ownClientUrl: named("ROUNDTRIP_OWN_CLIENT_URL", named("ROUNDTRIP_CLIENT_URL", "nats://127.0.0.1:4222")),
  natsServer: null,
  framers: readFramers(named(FRAME_VARIABLE, ""), FRAME_VARIABLE),
});
keepServing((line) => console.error(line));
console.log(`Open ${app.url}`);
await stopped;
await app.close();
process.exit(0);
