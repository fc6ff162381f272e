import type { Tab } from "./browser.ts";
import type { Session } from "./devTools.ts";

/** A script engine of a page: that of the page itself, or of one of its workers. */
export interface Isolate {
  readonly name: string;
  readonly session: Session;
}

/** Does something with the page and each worker that it has now. */
export async function withIsolates<T>(
  tab: Tab,
  work: (isolates: readonly Isolate[]) => Promise<T>,
): Promise<T> {
  const { sessions, detach } = await tab.attachWorkers();
  try {
    return await work([{ name: PAGE, session: tab.session }, ...sessions]);
  } finally {
    await detach();
  }
}

/** The name of the page's own. */
export const PAGE = "page";
