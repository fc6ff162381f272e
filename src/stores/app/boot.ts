import type { ClassSeat } from "../../domain/room/classroom.ts";
import type { Scenario } from "../../domain/setup/scenario.ts";
import { keepApart } from "../../workers/links/inTabLink.ts";
import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { loadSetup } from "../setup/setupActions.ts";
import { writeNoFinerThan } from "../../domain/base/formats.ts";
import { clockStepMs } from "../page/clock.ts";
import { DEFAULT_SETUP } from "../../domain/setup/defaultSetup.ts";
import { isFramed } from "../page/framed.ts";
import { lessonInAddress, openLesson } from "../lessons/lessonsStore.ts";
import { keepForOffline } from "../page/offline.ts";
import { notify } from "../page/noticesStore.ts";
import { keepPlans, restorePlans } from "../setup/planStorage.ts";
import {
  asksFirst,
  openLinked,
  openLinksAsTheyCome,
  openParsed,
  openScenario,
  readFragment,
} from "./scenarioActions.ts";
import { lastOpeningFailed, noteOpening } from "../page/openingGuard.ts";
import { keepRecent } from "../setup/keptSetups.ts";
import { sameSetup } from "../../domain/setup/setup.ts";
import { scenarioStore, wordsOf } from "../setup/scenarioStore.ts";
import { connectTo, disconnectWhileLeft } from "../peers/serverActions.ts";
import { isKnownServer } from "../server/knownServers.ts";
import { readServerAddress } from "../server/serverAddress.ts";
import { serverStore } from "../server/serverStore.ts";
import { reportStorage } from "./storageNotices.ts";
import { followSetup } from "../setup/setupHistory.ts";
import { keepSetup, keptSetup } from "../setup/setupStorage.ts";

/**
 * What the server of this page says about the nats-server it started: `roundtrip.json` beside the page. On a static host it says that
 * there is none.
 */
interface Surroundings {
  readonly server: string | null;
  readonly monitoring: string | null;
  readonly client: string | null;
  readonly control: string | null;
  readonly comparison: string | null;
  /**
   * The sites that may have the page in a frame on that server, as the person who runs it listed them: then the answer's policy keeps
   * every other site from framing it. None listed: any site may, and a guest has the server in the tab only.
   */
  readonly framers: readonly string[];
  /** The class that it serves; null for none. */
  readonly class: ClassSeat | null;
}

const ALONE: Surroundings = {
  server: null,
  monitoring: null,
  client: null,
  control: null,
  comparison: null,
  framers: [],
  class: null,
};

/** Brings the page to life: finds its server, then puts up what the last visit left, or the first screen. */
export async function boot(): Promise<void> {
  if (!globalThis.crossOriginIsolated) writeNoFinerThan(clockStepMs());
  if (isFramed) keepApart();
  else reportStorage();
  const found = await readSurroundings();
  // In a frame of any site, a server that others are on would do what that site wants: subscribe to everything, answer for others.
  const surroundings = isFramed && found.framers.length === 0 ? ALONE : found;
  if (surroundings.server === null && !isFramed) keepForOffline();
  const own = surroundings.server ?? (isFramed ? IN_TAB : await serverOfStaticPage());
  if (surroundings.server !== null) {
    const { server: url, monitoring, control, client, comparison } = surroundings;
    serverStore.setState({
      home: {
        url,
        monitoringUrl: monitoring,
        controlUrl: control,
        clientUrl: client,
        comparisonUrl: comparison,
      },
    });
  }
  const { use, offer } = serverInAddress(own);
  disconnectWhileLeft();
  if (surroundings.class !== null && use === own) {
    const [{ enterClass }, { takePartInRoom }] = await Promise.all([
      import("./classActions.ts"),
      import("./roomActions.ts"),
    ]);
    await enterClass(surroundings.class, own);
    takePartInRoom();
  } else connectTo({ url: use, credentials: { kind: "none" } });
  const lesson = lessonInAddress();
  if (isFramed) await bootGuest();
  else await bootOwn();
  // A link may name another one, which is asked about then.
  scenarioStore.setState(({ serverOffer }) => ({ serverOffer: serverOffer ?? offer }));
  openLinksAsTheyCome();
  if (lesson !== null) void openLesson(lesson, "address");
}

/** What the last visit left, unless the address holds something else. */
async function bootOwn(): Promise<void> {
  const { scenario: kept, problems } = keptSetup();
  if (problems.length > 0) {
    notify(
      "bad",
      `The setup kept from the last visit could not be read: ${problems.join(" ")} The page starts with the default setup.`,
    );
  }
  const failed = await lastOpeningFailed(Date.now());
  const before: Scenario = failed || kept === null ? { setup: DEFAULT_SETUP } : kept;
  if (failed && kept !== null && !sameSetup(kept.setup, DEFAULT_SETUP)) {
    keepRecent(kept);
    notify(
      "bad",
      "The last visit ended while the page was opening its setup, so that setup was not opened again. It is kept under Setups.",
      { label: "Open it", run: () => openScenario(kept, "the setup of the last visit") },
    );
  }
  const linked = await readFragment();
  const opens = linked?.ok === true && !asksFirst(linked.scenario);
  // What a link brought is kept at once: the address holds it no longer.
  if (opens) keepSetup();
  else {
    noteOpening(Date.now());
    loadSetup(before.setup, wordsOf(before));
    restorePlans();
  }
  if (linked) openLinked(linked, before);
  if (!opens) keepSetup();
  keepPlans();
  followSetup();
}

/** In somebody else's page: what its address says, and nothing of this browser's. */
async function bootGuest(): Promise<void> {
  const linked = await readFragment();
  if (!linked || !openParsed(linked, "the link")) loadSetup(DEFAULT_SETUP);
}

/**
 * The server that the address names: used at once where it came with the page or was chosen here before, else offered, since anybody
 * can write an address. A guest only says which one it was asked for.
 */
function serverInAddress(own: string): { readonly use: string; readonly offer: string | null } {
  const asked = new URLSearchParams(location.search).get("server");
  if (asked === null) return { use: own, offer: null };
  const checked = readServerAddress(asked, { kind: "none" });
  if (!checked.ok) {
    notify("bad", `The address in ?server= was not used. ${checked.problem}`);
    return { use: own, offer: null };
  }
  const { url } = checked.address;
  const trusted = url === IN_TAB || url === own || (!isFramed && isKnownServer(url));
  return trusted ? { use: url, offer: null } : { use: own, offer: url };
}

/** Where a page looks that came without a server: in this browser, if it was published with one for it. */
async function serverOfStaticPage(): Promise<string> {
  try {
    const response = await fetch("./embedded/manifest.json", { cache: "no-cache" });
    if (response.ok && /json/.test(response.headers.get("Content-Type") ?? "")) return IN_TAB;
  } catch {
    // No network. Then it matters whether there was one at the last visit.
    // There is no such store where the page was not served securely, and none to be had where site data is blocked.
    const kept = (globalThis as { readonly caches?: CacheStorage }).caches; // the type says always
    if (await kept?.has("roundtrip-embedded").catch(() => false)) return IN_TAB;
  }
  return `ws://${location.hostname || "127.0.0.1"}:9222`;
}

async function readSurroundings(): Promise<Surroundings> {
  try {
    const response = await fetch("./roundtrip.json", { headers: { Accept: "application/json" } });
    const found: unknown = response.ok ? await response.json() : null;
    const text = (key: string): string | null => {
      if (typeof found !== "object" || found === null || !(key in found)) return null;
      const value: unknown = Reflect.get(found, key);
      return typeof value === "string" ? value : null;
    };
    return {
      server: absolute(text("server")),
      monitoring: text("monitoring"),
      client: text("client"),
      control: text("control"),
      comparison: text("comparison"),
      framers: textsIn(found, "framers"),
      class: seatIn(found),
    };
  } catch {
    return ALONE; // No network.
  }
}

/** The texts of a list; none where there is no such list. */
function textsIn(found: unknown, key: string): readonly string[] {
  const list: unknown = typeof found === "object" && found !== null ? Reflect.get(found, key) : null;
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}

/** A path is a WebSocket on the page's own port. */
const absolute = (server: string | null): string | null =>
  server?.startsWith("/") ? new URL(server, location.href).href.replace(/^http/, "ws") : server;

/** It comes from the page's own server, of the same version. */
function seatIn(found: unknown): ClassSeat | null {
  if (typeof found !== "object" || found === null || !("class" in found)) return null;
  const seat = found.class;
  return typeof seat === "object" && seat !== null && "role" in seat ? (seat as ClassSeat) : null;
}
