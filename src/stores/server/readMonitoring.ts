import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { inTabServer } from "../../workers/links/inTabLink.ts";

/** How long monitoring may take, in ms. */
const GIVE_UP_MS = 4000;

/** Said of what is no answer of a nats-server. */
export const NOT_MONITORING = "what answers there is no nats-server’s monitoring";

interface Answer {
  readonly answer: unknown;
  /** The server's numbers of this page's own connections, where it can be asked. */
  readonly ours: readonly number[] | null;
}

/**
 * Asks a server's monitoring, by a path such as `/varz`. `at` is where it answers, or `in-tab`. Rejects with an error that
 * completes “It cannot be reached: …”.
 */
export async function readMonitoring(at: string, path: string, stop: AbortSignal): Promise<Answer> {
  if (at === IN_TAB) {
    const answer = await inTabServer().monitor(path);
    if (answer === null) throw new Error("the nats-server in this browser does not run");
    return answer;
  }
  const response = await fetch(`${at}${path}`, {
    signal: AbortSignal.any([stop, AbortSignal.timeout(GIVE_UP_MS)]),
  });
  if (!response.ok) throw new Error(`it answers ${response.status} ${response.statusText}`.trimEnd());
  try {
    return { answer: await response.json(), ours: null };
  } catch {
    throw new Error(NOT_MONITORING);
  }
}
