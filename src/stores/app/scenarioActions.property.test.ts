import fc from "fast-check";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { scenarioDocument } from "../../domain/setup/scenarioSchema.ts";
import { noticesStore } from "../page/noticesStore.ts";
import { panelsStore } from "../page/panelsStore.ts";
import { peersStore } from "../peers/peersStore.ts";
import { openFile, openParsed, readFragment } from "./scenarioActions.ts";
import { decodeScenario, parseScenarioText } from "../setup/scenarioLink.ts";
import { scenarioStore } from "../setup/scenarioStore.ts";
import { anyScenario, spoiled } from "../../domain/setup/testingScenarios.ts";
import { seedStore } from "../peers/seedStore.ts";
import { serverStore } from "../server/serverStore.ts";

// The stores listen to the page they are in.
vi.hoisted(() => vi.stubGlobal("document", new EventTarget()));

/** What is damaged, hostile or no setup at all goes through the doors that people use, and leaves the page as it was. */

let started = 0;
beforeEach(() => {
  started = 0;
  function counted(): never {
    started++;
    throw new Error("nothing may be started");
  }
  vi.stubGlobal("Worker", counted);
  vi.stubGlobal("SharedWorker", counted);
  vi.stubGlobal("WebSocket", counted);
  vi.stubGlobal("history", { state: null, replaceState: () => {} });
});
afterEach(() => vi.unstubAllGlobals());

const page = () =>
  [peersStore, seedStore, scenarioStore, serverStore, panelsStore].map((store) => store.getState());

/** Opens what cannot be opened. Nothing is changed, and why is said. */
async function expectUnmoved(open: () => Promise<boolean>): Promise<void> {
  noticesStore.setState({ notices: [] });
  const before = page();
  expect(await open()).toBe(false);
  page().forEach((state, index) => expect(state).toBe(before[index]));
  expect(started).toBe(0);
  const { notices } = noticesStore.getState();
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatchObject({ tone: "bad", action: null });
  expect(notices[0]?.words).toMatch(/ could not be opened\. .+ Nothing was changed\.$/s);
}

const spoiledText = anyScenario(2).chain((scenario) =>
  spoiled(scenarioDocument(scenario)).map((value) => JSON.stringify(value) ?? ""),
);

test("files that are no setup leave everything as it was", async () => {
  const content = fc.oneof(fc.string({ unit: "binary" }), fc.json(), spoiledText, fc.uint8Array());
  await fc.assert(
    fc.asyncProperty(content, fc.string(), async (bytes, name) => {
      const file = new File([typeof bytes === "string" ? bytes : bytes.slice()], name);
      fc.pre(!parseScenarioText(await file.text()).ok);
      await expectUnmoved(() => openFile(file));
    }),
    { numRuns: 2000 },
  );
});

test("links that are no setup leave everything as it was", async () => {
  const content = fc.oneof(
    fc.string(),
    fc.base64String(),
    fc.json().map((text) => deflateRawSync(text).toString("base64url")),
    spoiledText.map((text) => deflateRawSync(text).toString("base64url")),
  );
  await fc.assert(
    fc.asyncProperty(content, async (text) => {
      fc.pre(!(await decodeScenario(text)).ok);
      vi.stubGlobal("location", { hash: `#s=${text}`, pathname: "/", search: "" });
      await expectUnmoved(async () => {
        const parsed = await readFragment();
        return parsed !== null && openParsed(parsed, "the link");
      });
    }),
    { numRuns: 2000 },
  );
});

test("a file that is too large is not read", async () => {
  const file = new File([new Uint8Array(17 * 1024 * 1024)], "large.json");
  const read = vi.spyOn(file, "text");
  await expectUnmoved(() => openFile(file));
  expect(read).not.toHaveBeenCalled();
});
