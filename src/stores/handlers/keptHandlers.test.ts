import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { stubStorage } from "../../../tools/checks/stubStorage.ts";

/** A browser's storage, as far as it is used. */
const kept = stubStorage();

/** What a page finds that is opened now. */
async function visit() {
  vi.resetModules();
  const [saved, drafts, agreed] = await Promise.all([
    import("./savedHandlers.ts"),
    import("./handlerDrafts.ts"),
    import("./agreedHandlers.ts"),
  ]);
  return { ...saved, ...drafts, ...agreed };
}

test("saved handlers, drafts and what was agreed to are there again at the next visit", async () => {
  const first = await visit();
  expect(first.saveHandler({ title: "Mine", source: "export default () => 1" })).toBeNull();
  expect(first.saveHandler({ title: "A", source: "export default () => 2", basedOn: "echo" })).toBeNull();
  first.keepDraft("responder-1", "applied", "written");
  first.agreeTo("export default () => 3");

  const next = await visit();
  expect(next.savedHandlers.getState().handlers).toEqual([
    { title: "A", source: "export default () => 2", basedOn: "echo" },
    { title: "Mine", source: "export default () => 1" },
  ]);
  expect(next.handlerDrafts.getState().drafts).toEqual([
    expect.objectContaining({ responder: "responder-1", source: "written" }),
  ]);
  expect(next.isAgreed("export default () => 3")).toBe(true);
  expect(next.isAgreed("export default () => 4")).toBe(false);
});

test("a draft belongs to the code it was written over, follows a rename, and goes and comes back with its responder", async () => {
  const { keepDraft, renameDrafts, takeDrafts, handlerDrafts } = await visit();
  const drafts = (): string[] =>
    handlerDrafts.getState().drafts.map((each) => `${each.responder} ${each.source}`);
  keepDraft("a", "one", "one!");
  keepDraft("a", "two", "two!");
  keepDraft("a", "one", "one!!");
  expect(drafts()).toEqual(["a two!", "a one!!"]);
  renameDrafts("a", "b");
  const bringBack = takeDrafts("b");
  expect(drafts()).toEqual([]);
  bringBack();
  expect(drafts()).toEqual(["b two!", "b one!!"]);
  keepDraft("b", "two", "two");
  expect(drafts()).toEqual(["b one!!"]);
});

test("a saved handler has a name of its own, and is replaced only where it is told to", async () => {
  const { saveHandler, renameSavedHandler, savedHandlers } = await visit();
  saveHandler({ title: "A", source: "1" });
  saveHandler({ title: "B", source: "2" });
  expect(renameSavedHandler("A", "B")).toContain("There is a handler named B already");
  expect(renameSavedHandler("A", " ")).toBe("Give it a name.");
  expect(renameSavedHandler("A", "C")).toBeNull();
  expect(saveHandler({ title: "C", source: "3" })).toBeNull();
  expect(savedHandlers.getState().handlers).toEqual([
    { title: "B", source: "2" },
    { title: "C", source: "3" },
  ]);
});

test("whatever stands in storage, a page opens with what of it can be understood", async () => {
  const anything = fc.oneof(
    fc.string(),
    fc.json(),
    fc.anything().map((value) => JSON.stringify(value) ?? ""),
  );
  const state = fc.json().map((json) => `{"state":{"handlers":[${json}],"drafts":[${json}]},"version":1}`);
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, state), async (text) => {
      for (const key of ["savedHandlers", "handlerDrafts", "agreedHandlers"])
        kept.set(`roundtrip.${key}`, text);
      const { savedHandlers, handlerDrafts, isAgreed } = await visit();
      for (const { title, source } of savedHandlers.getState().handlers) {
        expect([typeof title, typeof source]).toEqual(["string", "string"]);
      }
      expect(Array.isArray(handlerDrafts.getState().drafts)).toBe(true);
      expect(isAgreed("export default () => 1")).toBe(false);
    }),
    { numRuns: 40 },
  );
});
