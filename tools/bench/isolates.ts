import type { CDPSession, Page } from "@playwright/test";

/** A script engine of a page: that of the page itself, or of one of its workers. */
export interface Isolate {
  readonly name: string;
  send(method: string, params?: object): Promise<Record<string, unknown>>;
}

/** Attaches to a page and to all the workers it has now. */
export async function isolatesOf(
  page: Page,
): Promise<{ isolates: readonly Isolate[]; detach: () => Promise<void> }> {
  const session = await page.context().newCDPSession(page);
  const isolates: Isolate[] = [{ name: "page", send: sendTo(session) }];
  const waiting = new Map<string, (message: Answer) => void>();
  session.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
    const answer = JSON.parse(message) as Answer; // the protocol's own
    waiting.get(`${sessionId} ${answer.id}`)?.(answer);
  });
  session.on("Target.attachedToTarget", ({ sessionId, targetInfo }) => {
    if (targetInfo.type !== "worker") return;
    let last = 0;
    isolates.push({
      name: targetInfo.title || targetInfo.url,
      send: (method, params = {}) =>
        new Promise((resolve, reject) => {
          const id = ++last;
          waiting.set(`${sessionId} ${id}`, (answer) => {
            waiting.delete(`${sessionId} ${id}`);
            if (answer.error) reject(new Error(`${method}: ${answer.error.message}`));
            else resolve(answer.result ?? {});
          });
          const message = JSON.stringify({ id, method, params });
          session.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
        }),
    });
  });
  // Playwright keeps sessions of its own to itself, so the workers are reached through the page's.
  await session.send("Target.setAutoAttach", {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  return { isolates, detach: () => session.detach() };
}

interface Answer {
  readonly id: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** Playwright's types know each method with its own parameters; this is the one place that names them by variables. */
function sendTo(session: CDPSession): Isolate["send"] {
  const send = session.send.bind(session) as unknown as (
    method: string,
    params?: object,
  ) => Promise<Record<string, unknown>>; // see above
  return (method, params) => send(method, params);
}
