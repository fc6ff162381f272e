import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { scenarioDocument } from "../../domain/setup/scenarioSchema.ts";
import { anyScenario, spoiled } from "../../domain/setup/testingScenarios.ts";
import { stubStorage } from "../../../tools/checks/stubStorage.ts";

// The stores listen to the page they are in.
vi.hoisted(() => vi.stubGlobal("document", new EventTarget()));

/** Storage can hold anything: of another version, of another program, half written, or put there by somebody. */
const kept = stubStorage();

const anything = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc.constantFrom("", "null", "[]", "{", '{"state":{}}', '{"roundtrip":4}'),
  anyScenario(2).chain((scenario) =>
    spoiled(scenarioDocument(scenario)).map((value) => JSON.stringify(value) ?? ""),
  ),
);

test("whatever is kept as the last visit's setup is read, or said to be wrong, and left where it is", async () => {
  const { keptSetup } = await import("./setupStorage.ts");
  fc.assert(
    fc.property(anything, (text) => {
      kept.set("roundtrip.setup", text);
      const { scenario, problems } = keptSetup();
      expect(scenario === null).toBe(problems.length > 0);
      for (const problem of problems) expect(problem).toMatch(/\S.*[.…]$/u);
      expect(kept.get("roundtrip.setup")).toBe(text);
    }),
    { numRuns: 3000 },
  );
});

test("whatever is kept as plans changes no requester into one that could not be started", async () => {
  const [{ restorePlans }, { peersStore }, { checkLoadPlan }] = await Promise.all([
    import("./planStorage.ts"),
    import("../peers/peersStore.ts"),
    import("../../domain/load/loadPlans.ts"),
  ]);
  const { DEFAULT_PLAN, DEFAULT_SETUP } = await import("../../domain/setup/defaultSetup.ts");
  const [setup] = DEFAULT_SETUP.requesters;
  if (!setup) throw new Error("The first screen has no requester.");
  const plan = fc.record(
    {
      kind: fc.constantFrom("rate", "concurrency", "other"),
      perSecond: fc.oneof(fc.double(), fc.string()),
      concurrency: fc.oneof(fc.double(), fc.integer()),
      bounds: fc.oneof(
        fc.record({ requests: fc.option(fc.integer()), durationMs: fc.option(fc.double()) }),
        fc.json(),
      ),
    },
    { requiredKeys: [] },
  );
  const plans = fc.oneof(
    anything,
    plan.map((each) => JSON.stringify({ [setup.name]: each, ["__proto__"]: each })),
  );
  fc.assert(
    fc.property(plans, (text) => {
      kept.set("roundtrip.plans", text);
      peersStore.setState({
        requesters: [
          { id: 1, setup, state: "starting", reason: null, plan: DEFAULT_PLAN, load: null, asked: 0 },
        ],
      });
      restorePlans();
      for (const { plan: restored } of peersStore.getState().requesters)
        expect(checkLoadPlan(restored)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test("storage that throws at every touch is no reason to throw", async () => {
  const refuse = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  vi.stubGlobal("localStorage", { getItem: refuse, setItem: refuse, removeItem: refuse });
  const { browserStorage, isKept, storageStore } = await import("../page/browserStorage.ts");
  expect(browserStorage().getItem("a")).toBeNull();
  browserStorage().setItem("a", "1");
  expect(browserStorage().getItem("a")).toBe("1");
  expect(isKept("a")).toBe(false);
  expect(storageStore.getState().health).toBe("blocked");
  browserStorage().removeItem("a");
  expect(browserStorage().getItem("a")).toBeNull();

  // Full: what it did not take is there until the page is closed, and it says when it takes again.
  vi.stubGlobal("localStorage", { getItem: () => "old", setItem: refuse, removeItem: () => {} });
  browserStorage().setItem("a", "2");
  expect(browserStorage().getItem("a")).toBe("2");
  expect(storageStore.getState().health).toBe("full");
  vi.stubGlobal("localStorage", { getItem: () => "2", setItem: () => {}, removeItem: () => {} });
  browserStorage().setItem("a", "3");
  expect(isKept("a")).toBe(true);
  expect(storageStore.getState().health).toBe("kept");
});
