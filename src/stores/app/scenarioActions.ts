import { IN_TAB } from "../../domain/server/inTabServer.ts";
import type { Scenario, ScenarioView } from "../../domain/setup/scenario.ts";
import { type ParsedScenario, parseScenario, scenarioDocument } from "../../domain/setup/scenarioSchema.ts";
import { isFramed } from "../page/framed.ts";
import { keepRecent } from "../setup/keptSetups.ts";
import { closeLesson, lessonsStore, openLesson } from "../lessons/lessonsStore.ts";
import { changeAlongside, offerUndo } from "../page/history.ts";
import { notify } from "../page/noticesStore.ts";
import { noteOpening } from "../page/openingGuard.ts";
import { FIRST_TAB, openTab, panelsStore, setPresenting, turnToTab } from "../page/panelsStore.ts";
import { setSpeed } from "../record/playbackActions.ts";
import { playbackStore } from "../record/playbackStore.ts";
import { saveText } from "../page/saveFile.ts";
import { decodeScenario, encodeScenario, LINK_KEY, parseScenarioText } from "../setup/scenarioLink.ts";
import { scenarioStore, wordsOf } from "../setup/scenarioStore.ts";
import { connectTo } from "../peers/serverActions.ts";
import { rememberServer } from "../server/knownServers.ts";
import { readServerAddress } from "../server/serverAddress.ts";
import { serverStore } from "../server/serverStore.ts";
import { beginAnew } from "../loads/resultsActions.ts";
import { loadSetup } from "../setup/setupActions.ts";
import { currentSetup } from "../setup/setupStorage.ts";

/** Where a scenario comes from, in words: `the link`, `setup.json`, `“Three queues”`. */
type Source = string;

/** All of the page that can be given on: the setup, the server unless it is the one started with the page, the lesson, the view. */
export function currentScenario(): Scenario {
  const { address, home } = serverStore.getState();
  const { open } = lessonsStore.getState();
  const { tab, presenting } = panelsStore.getState();
  const { speed } = playbackStore.getState();
  const view: ScenarioView = {
    ...(tab === FIRST_TAB ? {} : { tab }),
    ...(speed === 1 ? {} : { slowdown: speed }),
    ...(presenting ? { presenting } : {}),
  };
  return {
    ...scenarioStore.getState().words,
    ...(address.url === home?.url ? {} : { server: address.url }),
    ...(open === null ? {} : { lesson: open }),
    ...(Object.keys(view).length === 0 ? {} : { view }),
    setup: currentSetup(),
  };
}

/** The page's address with a scenario in its fragment, which browsers send to no server. */
export async function linkTo(scenario: Scenario): Promise<string> {
  const { origin, pathname } = location;
  return `${origin === "null" ? "" : origin}${pathname}#${LINK_KEY}${await encodeScenario(scenario)}`;
}

/**
 * Leads from a guest to the full page, with the same scenario, and the server that a guest does not connect to. That a guest is on the
 * server in the tab says nothing of where the full page belongs.
 */
export async function linkToFullPage(): Promise<string> {
  const { server: _, ...rest } = currentScenario();
  const inTab = new URLSearchParams(location.search).get("server") === IN_TAB;
  const scenario: Scenario = inTab ? { ...rest, server: IN_TAB } : rest;
  const { serverOffer } = scenarioStore.getState();
  const wanted = serverOffer === null ? scenario : { ...scenario, server: serverOffer };
  return linkTo(parseScenario(scenarioDocument(wanted)).ok ? wanted : scenario);
}

/** Puts a scenario up in place of what is there, or would be, which is kept and comes back with `Undo`. */
export function openScenario(scenario: Scenario, from: Source, before = currentScenario()): void {
  // Whoever embeds the page chooses what is in it.
  if (isFramed) return put(scenario);
  const { address } = serverStore.getState();
  keepRecent(before);
  put(scenario);
  const { server: _, ...rest } = before;
  const turnBack = (): void => {
    turnToView(rest);
    // As it was, with the credentials that no scenario holds.
    if (serverStore.getState().address.url !== address.url) connectTo(address);
  };
  changeAlongside({ undo: turnBack, redo: () => turnToView(scenario) });
  offerUndo(
    `Opened ${from === "the link" ? "the shared setup" : from}. Your previous setup is saved under Setups.`,
    () => {
      loadSetup(before.setup, wordsOf(before));
      turnBack();
    },
  );
}

/** Opens what was read, or says what is wrong with it and changes nothing. */
export function openParsed(parsed: ParsedScenario, from: Source, before?: Scenario): boolean {
  if (parsed.ok) openScenario(parsed.scenario, from, before);
  else
    notify(
      "bad",
      `${capitalised(from)} could not be opened. ${parsed.problems.join(" ")} Nothing was changed.`,
    );
  return parsed.ok;
}

/**
 * Opens what a link brought, or asks first. On the page's own servers a link does no harm; on any other, which may be the visitor's and
 * in use, it would subscribe, take requests and answer them.
 */
export function openLinked(parsed: ParsedScenario, before?: Scenario): void {
  if (parsed.ok && asksFirst(parsed.scenario)) scenarioStore.setState({ setupOffer: parsed.scenario });
  else openParsed(parsed, "the link", before);
}

/** Whether a person is asked before a link puts this up. */
export function asksFirst({ setup }: Scenario): boolean {
  const { address, home } = serverStore.getState();
  const own = address.url === IN_TAB || address.url === home?.url;
  return !isFramed && !own && setup.responders.length + setup.requesters.length > 0;
}

/** Puts up what a link brought, or drops it. */
export function answerSetupOffer(open: boolean): void {
  const { setupOffer } = scenarioStore.getState();
  scenarioStore.setState({ setupOffer: null });
  if (open && setupOffer !== null) openScenario(setupOffer, "the link");
}

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/**
 * Reads what the address holds after `#s=`. What could be read is taken out, so that a reload keeps what a person changed since; what
 * could not stays, to be mended or asked about. Null: nothing.
 */
export async function readFragment(): Promise<ParsedScenario | null> {
  if (!location.hash.startsWith(`#${LINK_KEY}`)) return null;
  const text = location.hash.slice(LINK_KEY.length + 1);
  const parsed = await decodeScenario(text);
  // A guest keeps no setup: a reload begins with the link again.
  if (parsed.ok && !isFramed && location.hash.endsWith(text))
    history.replaceState(history.state, "", location.pathname + location.search);
  return parsed;
}

/** Opens links that are pasted into the address of a page that is open. Returns what stops that. */
export function openLinksAsTheyCome(): () => void {
  const read = async (): Promise<void> => {
    const parsed = await readFragment();
    if (parsed) openLinked(parsed);
  };
  const listener = (): void => void read();
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

/** No setup needs a larger file. In bytes. */
const LARGEST_FILE = 16 * 1024 * 1024;

/** Opens a file that `saveScenario` or `Export results` wrote. Returns whether it did. */
export async function openFile(file: File): Promise<boolean> {
  const from = `“${file.name.slice(0, 60)}”`;
  if (file.size > LARGEST_FILE)
    return openParsed({ ok: false, problems: ["It is larger than 16 MB."] }, from);
  let text: string;
  try {
    text = await file.text();
  } catch {
    return openParsed({ ok: false, problems: ["The browser could not read it."] }, from);
  }
  return openParsed(parseScenarioText(text), from);
}

export function saveScenario(scenario: Scenario): void {
  const name = (scenario.title ?? "setup").replaceAll(/[^\p{L}\p{N}]+/gu, "-").replaceAll(/^-|-$/g, "");
  const json = `${JSON.stringify(scenarioDocument(scenario), null, 2)}\n`;
  saveText(json, "application/json", name === "" ? "setup" : name.slice(0, 40), "json");
}

/** Connects to the server that a scenario named, or stays. */
export function answerServerOffer(connect: boolean): void {
  const { serverOffer } = scenarioStore.getState();
  scenarioStore.setState({ serverOffer: null });
  if (!connect || serverOffer === null || isFramed) return;
  const checked = readServerAddress(serverOffer, { kind: "none" });
  if (!checked.ok) return void notify("bad", checked.problem);
  rememberServer(checked.address.url);
  connectTo(checked.address);
}

function put(scenario: Scenario): void {
  if (!isFramed) noteOpening(Date.now());
  loadSetup(scenario.setup, wordsOf(scenario));
  beginAnew();
  turnToView(scenario);
}

/** Turns to what a scenario shows beside its setup: the lesson, how the page looks, the server. */
function turnToView({ server, lesson, view }: Scenario): void {
  if (lesson === undefined) closeLesson();
  else if (lesson !== lessonsStore.getState().open) void openLesson(lesson, "address");
  setPresenting(view?.presenting === true);
  if (view?.tab === undefined) turnToTab(FIRST_TAB);
  else openTab(view.tab);
  setSpeed(view?.slowdown ?? 1);
  turnTo(server);
}

/**
 * The server in this browser is the page's own, and so is the one that it was started with. Any other is a stranger's until the person
 * says otherwise: it would see what is sent, and could answer.
 */
function turnTo(server: string | undefined): void {
  const { address, home } = serverStore.getState();
  // A guest may have been asked for one by its address too.
  if (!isFramed) scenarioStore.setState({ serverOffer: null });
  if (server === undefined || server === address.url) return;
  if (server === IN_TAB || server === home?.url) connectTo({ url: server, credentials: { kind: "none" } });
  else scenarioStore.setState({ serverOffer: server });
}
