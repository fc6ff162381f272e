import { IN_TAB } from "../src/domain/server/inTabServer.ts";
import { buildPage, BUILT } from "./build.ts";
import { classroomOptions } from "./class/classroomOptions.ts";
import { createClassRoom } from "./class/classRoom.ts";
import { invitationLines } from "./class/invitation.ts";
import { buildEmbedded } from "./embedded/buildEmbedded.ts";
import { keepServing } from "./keepServing.ts";
import { findNatsServer, NATS_SERVER_VARIABLE, type FoundNatsServer } from "./nats/findNatsServer.ts";
import { pageOrigins } from "./nats/config.ts";
import { createNatsServer, logTail, type NatsServer, type NatsServerExit } from "./nats/natsServer.ts";
import { openInBrowser } from "./openInBrowser.ts";
import { readOptions, USAGE, type Options } from "./options.ts";
import { choosePort, type WantedPort } from "./ports.ts";
import { startAppServer } from "./server/appServer.ts";
import { builtPage } from "./server/builtPage.ts";
import { developedPage } from "./server/developedPage.ts";
import { untilAskedToStop } from "./untilAskedToStop.ts";

const say = (line: string): void => console.log(line);

/** `npm start` and `npm run dev`: runs nats-server and the page until someone stops it. Returns the exit code. */
export async function launch(mode: "built" | "development", args: readonly string[]): Promise<number> {
  let server: NatsServer | undefined;
  let app: { close(): Promise<void> } | undefined;
  let stopping = false;
  const stopped = untilAskedToStop();
  try {
    const options = readOptions(args, process.env);
    if (options.help) {
      say(USAGE);
      return 0;
    }
    const found = await Promise.race([findServer(options), stopped]);
    if (found === "stop") return 0;
    if (mode === "built") await buildPage(say);
    const content = mode === "built" ? () => builtPage(BUILT) : developedPage;
    const { framers } = options;

    if (found.kind === "embedded" && options.class)
      throw new Error(`A class needs one nats-server for all. ${found.why}`);
    if (found.kind === "embedded") {
      const { port } = await choosePort(
        { what: "the page", usual: 4173, asked: options.ports.port },
        new Set(),
      );
      const none = { monitoringUrl: null, clientUrl: null, natsServer: null };
      const page = await startAppServer({ port, mode, content, framers, webSocketUrl: IN_TAB, ...none });
      app = page;
      keepServing(say);
      say("");
      say(`  ${found.why} The page runs nats-server ${found.version} in the browser instead.`);
      say("  Programs elsewhere cannot reach it.");
      say("");
      say(`  Open ${page.url}`);
      say("");
      say("  Ctrl-C stops serving the page.");
      if (options.open) openInBrowser(page.url);
      await stopped;
      return 0;
    }

    const ports = await choosePorts(options);
    const onExit = (exit: NatsServerExit): void => {
      // Not when everything ends, and not when it never got going: that is an error of its own.
      if (!stopping && app) say(obituary(exit, server));
    };
    const classroom = options.class ? classroomOptions(createClassRoom(), options.host, ports) : null;
    const nats = createNatsServer({
      binary: found.path,
      ports: { client: ports.client, webSocket: ports.webSocket, monitoring: ports.monitoring },
      origins: pageOrigins(ports.page),
      onExit,
      ...(classroom && { more: classroom.configuration }),
    });
    server = nats;
    await nats.start();
    const page = await startAppServer({
      port: ports.page,
      mode,
      content,
      webSocketUrl: nats.webSocketUrl,
      monitoringUrl: nats.monitoringUrl,
      clientUrl: nats.clientUrl,
      natsServer: { server: nats, version: found.version },
      framers,
      ...classroom?.app,
    });
    app = page;
    keepServing(say);

    say("");
    say(`  nats-server ${found.version} (${found.from}), for programs: ${nats.clientUrl}`);
    say(`  its monitoring, at an address that no web page can guess: ${nats.monitoringUrl}/`);
    say("");
    say(`  Open ${page.url}`);
    if (classroom) for (const line of invitationLines(classroom.seat)) say(line);
    say("");
    say("  Ctrl-C stops both.");
    if (options.open) openInBrowser(page.url);
    await stopped;
    return 0;
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    stopping = true;
    await app?.close();
    await server?.stop();
  }
}

type Found =
  | ({ readonly kind: "process" } & FoundNatsServer)
  | { readonly kind: "embedded"; readonly version: string; readonly why: string };

/** A nats-server for this machine, or, where none can be had, the one for the browser. Throws an error for people. */
async function findServer({ inTab }: Options): Promise<Found> {
  if (inTab) {
    const { version } = await buildEmbedded(say);
    return { kind: "embedded", version, why: "No nats-server was started, as asked." };
  }
  let none: Error;
  try {
    return { kind: "process", ...(await findNatsServer({ say })) };
  } catch (error) {
    none = error instanceof Error ? error : new Error(String(error));
    // A nats-server that a person named is to be used, or nothing is.
    if (process.env[NATS_SERVER_VARIABLE]) throw none;
  }
  try {
    const { version } = await buildEmbedded(say);
    return { kind: "embedded", version, why: "No nats-server could be had for this machine." };
  } catch (error) {
    throw new Error(`${none.message}\n\n${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

async function choosePorts({ ports }: Options) {
  const reserved = new Set<number>();
  const choose = async (wanted: WantedPort): Promise<number> => {
    const { port, moved } = await choosePort(wanted, reserved);
    if (moved) say(`Port ${wanted.usual} is taken, so ${port} is used for ${wanted.what}.`);
    reserved.add(port);
    return port;
  };
  return {
    page: await choose({ what: "the page", usual: 4173, asked: ports.port }),
    client: await choose({ what: "nats-server's clients", usual: 4222, asked: ports["client-port"] }),
    webSocket: await choose({ what: "nats-server's WebSocket", usual: 9222, asked: ports["ws-port"] }),
    monitoring: await choose({ what: "nats-server's monitoring", usual: 8222, asked: ports["monitor-port"] }),
  };
}

function obituary(exit: NatsServerExit, server: NatsServer | undefined): string {
  if (exit.expected) return "nats-server was stopped from the page.";
  return [
    "",
    `nats-server is gone: ${exit.words}. The last that it said:`,
    server ? logTail(server) : "",
    "The page is still served. Start nats-server from the page, or stop this with Ctrl-C and start it again.",
    "",
  ].join("\n");
}
