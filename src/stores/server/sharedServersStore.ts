import { createStore } from "zustand/vanilla";
import { createJSONStorage, persist } from "zustand/middleware";
import { checkPrefix, isOpenToAll, newPrefix } from "../../domain/messages/sharedServer.ts";
import { browserStorage } from "../page/browserStorage.ts";

interface SharedServers {
  /** The first word of this person's subjects on servers that are shared with strangers. */
  readonly prefix: string;
  /** Addresses of servers that this person called shared. */
  readonly urls: readonly string[];
}

/** A secret it is not: on such a server everybody sees it. It only has to be another than everybody else's. */
const random = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32;

/** Which servers are shared with strangers, and the prefix there; kept in this browser. */
export const sharedServersStore = createStore<SharedServers>()(
  persist((): SharedServers => ({ prefix: newPrefix(random), urls: [] }), {
    name: "roundtrip.shared-servers",
    version: 1,
    storage: createJSONStorage(browserStorage),
    merge: (kept, current) => sound(kept, current),
  }),
);
// Kept from the first visit on, not only from the first change.
sharedServersStore.setState({});

/** Storage can hold anything: only what is understood is taken. */
function sound(kept: unknown, current: SharedServers): SharedServers {
  if (typeof kept !== "object" || kept === null) return current;
  const prefix = "prefix" in kept && typeof kept.prefix === "string" ? kept.prefix : "";
  const urls = "urls" in kept && Array.isArray(kept.urls) ? kept.urls : [];
  return {
    prefix: checkPrefix(prefix) === null ? prefix : current.prefix,
    urls: urls.filter((url): url is string => typeof url === "string"),
  };
}

/** Whether a server is shared with strangers, and the prefix of this page's subjects on it; null where it is not. */
export function sharingOf(url: string): { readonly known: boolean; readonly prefix: string | null } {
  const { prefix, urls } = sharedServersStore.getState();
  const known = isOpenToAll(url);
  return { known, prefix: known || urls.includes(url) ? prefix : null };
}

/** Notes what a person said of a server, and the prefix. It holds for connections made from now on. */
export function noteSharing(url: string, shared: boolean, prefix: string): void {
  const others = sharedServersStore.getState().urls.filter((each) => each !== url);
  sharedServersStore.setState({ prefix, urls: shared && !isOpenToAll(url) ? [...others, url] : others });
}

/** Another prefix, as random as the first. */
export const otherPrefix = (): string => newPrefix(random);
