import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { inTabServer } from "../../workers/links/inTabLink.ts";
import { inTabStore } from "../server/inTabStore.ts";
import { isFramed } from "../page/framed.ts";
import { notify } from "../page/noticesStore.ts";
import { retryConnection } from "./serverActions.ts";
import { serverStore } from "../server/serverStore.ts";

/** What can be done to the nats-server that was started with the page, or runs in this browser. */
export type ServerDeed = "start" | "stop" | "restart" | "kill" | "lame-duck";

const UNDONE: Readonly<Record<ServerDeed, string>> = {
  start: "The server could not be started",
  stop: "The server could not be stopped",
  restart: "The server could not be restarted",
  kill: "The server could not be killed",
  "lame-duck": "The server could not be made a lame duck",
};

/** Whether the page may end and start the server it talks to. Not as a guest: others use that server too. */
export const mayControlServer = (): boolean =>
  !isFramed && (serverStore.getState().address.url === IN_TAB || controlUrl() !== null);

/** Where the page's server is told what to do, or null where the page did not come with a server or talks to another. */
function controlUrl(): string | null {
  const { home, address } = serverStore.getState();
  return home !== null && home.url === address.url ? home.controlUrl : null;
}

/** Ends or starts the nats-server that was started with the page, or runs in this browser. Says so when that fails. */
export async function controlServer(action: ServerDeed): Promise<void> {
  const inTab = serverStore.getState().address.url === IN_TAB;
  const url = controlUrl();
  if (!inTab && url === null) return;
  const act = inTab ? controlInTab : (step: Step) => controlProcess(`${url}/${step}`);
  try {
    if (action === "restart") await act("stop");
    await act(action === "restart" ? "start" : action);
    // Everybody would come back by themselves within seconds; a person who pressed Start should not have to wait.
    if (action === "start" || action === "restart") retryObserver();
  } catch (error) {
    notify("bad", `${UNDONE[action]}: ${error instanceof Error ? error.message : "nobody answers"}.`);
  }
}

type Step = Exclude<ServerDeed, "restart">;

/** Resolves when the server has done it. */
async function controlProcess(url: string): Promise<void> {
  const response = await fetch(url, { method: "POST", headers: { "X-Roundtrip": "page" } });
  if (!response.ok) throw new Error(await problemIn(response));
}

/** Resolves when the server has stopped, where that is what it was told. */
async function controlInTab(step: Step): Promise<void> {
  inTabServer().do(step);
  if (step !== "stop") return;
  await new Promise<void>((resolve) => {
    const stop = inTabStore.subscribe(({ kind }) => {
      if (kind !== "stopped" && kind !== "failed") return;
      stop();
      resolve();
    });
  });
}

function retryObserver(): void {
  if (serverStore.getState().connection.kind === "failed") retryConnection();
}

async function problemIn(response: Response): Promise<string> {
  try {
    const said: unknown = await response.json();
    if (typeof said === "object" && said !== null && "error" in said && typeof said.error === "string")
      return said.error;
  } catch {
    // Not JSON: the status has to do.
  }
  return `the page's server answered ${response.status}`;
}
