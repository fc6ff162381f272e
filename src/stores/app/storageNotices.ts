import { storageStore, type StorageHealth } from "../page/browserStorage.ts";
import { notify } from "../page/noticesStore.ts";
import { currentScenario, saveScenario } from "./scenarioActions.ts";

/** Says once that the browser keeps nothing, and each time that it begins to refuse. What is up can be saved as a file. */
export function reportStorage(): void {
  report(storageStore.getState().health);
  storageStore.subscribe(({ health }) => report(health));
}

const WORDS: Readonly<Record<Exclude<StorageHealth, "kept">, string>> = {
  blocked:
    "This browser keeps nothing for this page, as its site data is blocked. Everything works until the page is closed; a file keeps the setup.",
  full: "This browser’s storage is full: what you change now is gone when the page is closed. Save the setup as a file, or delete setups, runs or handlers that are kept.",
};

function report(health: StorageHealth): void {
  if (health === "kept") return;
  const saves = { label: "Save as file", run: () => saveScenario(currentScenario()) };
  notify("bad", WORDS[health], saves);
}
