import { pageOrigins } from "../nats/config.ts";
import type { AppServerOptions } from "../server/appServer.ts";
import { classConfiguration, type ClassRoom } from "./classRoom.ts";
import { teachersSeat } from "./invitation.ts";
import { TUNNEL_PATH } from "./natsTunnel.ts";

/** Sockets of a class at once: nats-server itself allows fewer connections, and says why. */
const MOST_SOCKETS = 500;

/** What a class changes in how nats-server and the page's server are started. `host` is the one address to join at; null for all. */
export function classroomOptions(
  room: ClassRoom,
  host: string | null,
  ports: { readonly page: number; readonly webSocket: number },
) {
  const seat = teachersSeat(room, host, ports.page);
  const [origin = ""] = pageOrigins(ports.page);
  const app = {
    webSocketUrl: TUNNEL_PATH,
    hosts: host === null ? ["0.0.0.0"] : [host, "127.0.0.1"],
    classroom: { seat, tunnel: { port: ports.webSocket, origin, most: MOST_SOCKETS } },
  } satisfies Partial<AppServerOptions>;
  return { seat, configuration: classConfiguration(room), app };
}
