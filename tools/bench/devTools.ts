import WebSocket from "ws";

type Params = Readonly<Record<string, unknown>>;

/** One target of a browser: a page or a worker. */
export interface Session {
  send(method: string, params?: Params): Promise<Record<string, unknown>>;
  /** Runs a function in the page and gives what it resolves to. Its source crosses, so it sees nothing around it. */
  evaluate<Args extends readonly unknown[], Value>(
    run: (...args: Args) => Value | Promise<Value>,
    ...args: Args
  ): Promise<Value>;
}

/**
 * A connection of our own to a browser's DevTools. Playwright asks every page and worker to report each WebSocket frame,
 * which costs as much as the traffic and weighs on the side that sends more frames: nothing is measured while it looks on.
 */
export interface DevTools extends Session {
  attach(targetId: string): Promise<Session>;
  /** Attaches to the workers that a session's page has now; `detach` lets go of them. */
  attachWorkers(page: Session): Promise<Workers>;
  close(): void;
}

export interface Workers {
  readonly sessions: readonly { readonly name: string; readonly session: Session }[];
  detach(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

export async function connectDevTools(url: string): Promise<DevTools> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  let last = 0;
  const waiting = new Map<number, { readonly of: string | undefined; answer(message: Message): void }>();
  const sessionIds = new WeakMap<Session, string>();
  const onWorkers = new Map<string, (worker: Session, name: string) => void>();

  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Message; // the protocol's own
    if (message.id !== undefined) return waiting.get(message.id)?.answer(message);
    // A crash is told by the page itself, an end by who attached to it.
    if (message.method === "Inspector.targetCrashed") return giveUp(message.sessionId, "it crashed");
    if (message.method === "Target.detachedFromTarget") {
      return giveUp(String(message.params?.["sessionId"]), "it is gone");
    }
    if (message.method !== "Target.attachedToTarget" || message.sessionId === undefined) return;
    const { sessionId, targetInfo } = message.params as unknown as Attached; // the protocol's own
    if (targetInfo.type === "worker") {
      onWorkers.get(message.sessionId)?.(sessionOf(sessionId), targetInfo.title || targetInfo.url);
    }
  });
  socket.on("close", () => giveUp(undefined, "the browser is gone"));

  /** Answers in the place of a target that no longer can; of all of them where none is named. */
  function giveUp(sessionId: string | undefined, message: string): void {
    for (const { of, answer } of waiting.values()) {
      if (sessionId === undefined || of === sessionId) answer({ error: { message } });
    }
  }

  function send(sessionId: string | undefined, method: string, params: Params = {}) {
    return new Promise<Record<string, unknown>>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, {
        of: sessionId,
        answer({ result, error }) {
          waiting.delete(id);
          if (error) reject(new Error(`${method}: ${error.message}`));
          else resolve(result ?? {});
        },
      });
      socket.send(JSON.stringify({ id, method, params, ...(sessionId !== undefined && { sessionId }) }));
    });
  }

  function sessionOf(sessionId: string | undefined): Session {
    const session: Session = {
      send: (method, params) => send(sessionId, method, params),
      async evaluate<Value>(run: (...args: never) => Value | Promise<Value>, ...args: readonly unknown[]) {
        const expression = `(() => { const __name = (named) => named; return (${run})(...${JSON.stringify(args)}) })()`;
        const answer = await send(sessionId, "Runtime.evaluate", {
          expression,
          awaitPromise: true,
          returnByValue: true,
        });
        const { result, exceptionDetails } = answer as unknown as Evaluated<Value>; // the protocol's own
        if (exceptionDetails) {
          throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        }
        return result.value;
      },
    };
    if (sessionId !== undefined) sessionIds.set(session, sessionId);
    return session;
  }

  return {
    ...sessionOf(undefined),
    async attach(targetId) {
      const { sessionId } = await send(undefined, "Target.attachToTarget", { targetId, flatten: true });
      return sessionOf(String(sessionId));
    },
    async attachWorkers(page) {
      const sessions: { name: string; session: Session }[] = [];
      onWorkers.set(sessionIds.get(page) ?? "", (session, name) => sessions.push({ name, session }));
      const attach = (autoAttach: boolean) =>
        page.send("Target.setAutoAttach", { autoAttach, waitForDebuggerOnStart: false, flatten: true });
      await attach(true);
      return { sessions, detach: async () => void (await attach(false)) };
    },
    close: () => socket.close(),
  };
}

interface Attached {
  readonly sessionId: string;
  readonly targetInfo: { readonly type: string; readonly title: string; readonly url: string };
}

interface Evaluated<Value> {
  readonly result: { readonly value: Value };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}
