import type { Scenario } from "../../domain/setup/scenario.ts";
import { keepApart } from "../../workers/embeddedLink.ts";
import { IN_TAB } from "../../domain/server/embedded.ts";
import { loadSetup } from "../setup/setupActions.ts";
import { writeNoFinerThan } from "../../domain/base/formats.ts";
import { clockStepMs } from "../page/clock.ts";
import { DEFAULT_SETUP } from "../peers/defaultSetup.ts";
import { isGuest } from "../page/guest.ts";
import { lessonInAddress, openLesson } from "../lessons/lessonsStore.ts";
import { keepForOffline } from "../page/offline.ts";
import { notify } from "../page/noticesStore.ts";
import { keepPlans, restorePlans } from "../setup/planStorage.ts";
import { openLinksAsTheyCome, openParsed, readFragment } from "./scenarioActions.ts";
import { scenarioStore, wordsOf } from "../setup/scenarioStore.ts";
import { connectTo } from "../peers/serverActions.ts";
import { readServerAddress } from "../server/serverAddress.ts";
import { serverStore } from "../server/serverStore.ts";
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
}

/** Brings the page to life: finds its server, then puts up what the last visit left, or the first screen. */
export async function boot(): Promise<void> {
  if (!globalThis.crossOriginIsolated) writeNoFinerThan(clockStepMs());
  if (isGuest) keepApart();
  const surroundings = await readSurroundings();
  if (surroundings.server === null && !isGuest) keepForOffline();
  const fallback = surroundings.server ?? (await serverOfStaticPage());
  const asked = serverInAddress(fallback);
  const checked = readServerAddress(asked ?? fallback, { kind: "none" });
  if (!checked.ok) notify("bad", `The address in ?server= was not used. ${checked.problem}`);
  const address = checked.ok ? checked.address : { url: fallback, credentials: { kind: "none" as const } };
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
  connectTo(address);
  const lesson = lessonInAddress();
  if (isGuest) await bootGuest();
  else await bootOwn();
  openLinksAsTheyCome();
  if (lesson !== null) void openLesson(lesson, "address");
}

/** What the last visit left, unless the address holds something else. */
async function bootOwn(): Promise<void> {
  const { scenario: kept, problems } = keptSetup();
  if (problems.length > 0) {
    notify(
      "bad",
      `The setup kept from the last visit could not be read: ${problems.join(" ")} The page starts afresh.`,
    );
  }
  const before: Scenario = kept ?? { setup: DEFAULT_SETUP };
  const linked = await readFragment();
  // What a link brought is kept at once: the address holds it no longer.
  if (linked?.ok) keepSetup();
  if (linked === null || !openParsed(linked, "the link", before)) {
    loadSetup(before.setup, wordsOf(before));
    restorePlans();
  }
  if (!linked?.ok) keepSetup();
  keepPlans();
}

/** In somebody else's page: what its address says, and nothing of this browser's. */
async function bootGuest(): Promise<void> {
  const linked = await readFragment();
  if (!linked || !openParsed(linked, "the link")) loadSetup(DEFAULT_SETUP);
}

/** The server that the address names. A guest goes to its own servers only, and says which one it was asked for. */
function serverInAddress(own: string): string | null {
  const asked = new URLSearchParams(location.search).get("server");
  if (!isGuest || asked === null || asked === IN_TAB || asked === own) return asked;
  if (!readServerAddress(asked, { kind: "none" }).ok) return asked;
  scenarioStore.setState({ serverOffer: asked });
  return null;
}

/** Where a page looks that came without a server: in this browser, if it was published with one for it. */
async function serverOfStaticPage(): Promise<string> {
  try {
    const response = await fetch("./embedded/manifest.json", { cache: "no-cache" });
    if (response.ok && /json/.test(response.headers.get("Content-Type") ?? "")) return IN_TAB;
  } catch {
    // No network. Then it matters whether there was one at the last visit.
    if (await caches.has("roundtrip-embedded").catch(() => false)) return IN_TAB;
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
      server: text("server"),
      monitoring: text("monitoring"),
      client: text("client"),
      control: text("control"),
      comparison: text("comparison"),
    };
  } catch {
    return { server: null, monitoring: null, client: null, control: null, comparison: null }; // No network.
  }
}
