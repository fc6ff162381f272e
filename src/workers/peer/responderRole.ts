import { KIND, PEER_STATES } from "../../domain/events/events.ts";
import { encodeReason, type Reason } from "../../domain/events/reasons.ts";
import { encodeText } from "../../wire/connection/text.ts";
import type { ConnectionState } from "../../domain/server/connection.ts";
import { deriveSeed } from "../../domain/base/random.ts";
import { createExchanges } from "../../wire/requests/exchanges.ts";
import type { HandlerContext, HandlerFunction } from "../../wire/replies/handlerContext.ts";
import { createResponder } from "../../wire/replies/respond.ts";
import { builtinHandler } from "./builtinHandlers.ts";
import type { ResponderCommand } from "../messages.ts";
import type { Peer, Role } from "./peerWorker.ts";
import { createSandbox, type Sandbox } from "./sandbox.ts";

export function responderRole(peer: Peer): Role<ResponderCommand> {
  const { start, connection, sink, clock } = peer;
  const exchanges = createExchanges(connection, sink, clock);
  let state: ConnectionState = { kind: "connecting" };
  /** Undefined while the server has not confirmed the subscription. */
  let trouble: Reason | null | undefined;
  /** Whether it was recorded that it is not subscribed. */
  let told = false;

  /** To be connected is to be subscribed: before that a request would find nobody. */
  function report(): void {
    if (state.kind !== "connected") return peer.tellConnection(state);
    if (trouble === undefined) return;
    record(trouble);
    peer.tellConnection(trouble === null ? state : { kind: "notSubscribed", reason: trouble });
  }

  /** That it is connected is recorded by its connection. */
  function record(why: Reason | null): void {
    if (why === null && !told) return;
    told = why !== null;
    const code = PEER_STATES.indexOf(told ? "notSubscribed" : "connected");
    sink.record(
      KIND.state,
      clock(),
      0,
      0,
      code,
      0,
      0,
      why === null ? undefined : { payload: encodeText(encodeReason(why)) },
    );
  }

  const responder = createResponder({
    name: start.name,
    seed: start.seed,
    connection,
    exchanges,
    sink,
    clock,
    findHandler: (ref, loose) => (ref.kind === "builtin" ? builtinHandler(ref.id) : code(ref.source, loose)),
    onServing(why) {
      const changed = trouble === undefined || encoded(why) !== encoded(trouble);
      trouble = why;
      if (changed) report();
    },
  });

  /** The way to the newest sandbox, and the sandbox once it is used. */
  let way: { readonly number: number; readonly port: MessagePort } | null = null;
  let sandbox: Sandbox | null = null;

  function code(source: string, loose: HandlerContext): HandlerFunction | undefined {
    if (way === null) return undefined;
    sandbox ??= createSandbox({
      port: way.port,
      name: start.name,
      seed: deriveSeed(start.seed, "handler"),
      loose,
      onLoaded: () => peer.tellHandler(null),
      onProblem: peer.tellHandler,
      onEnd: peer.tellHandlerEnd,
    });
    return sandbox.load(source);
  }

  /** A built-in handler answers now: the code finishes what it was given and is ended. */
  function leaveSandbox(): void {
    const number = way?.number;
    if (number !== undefined) sandbox?.retire(() => peer.tellSandboxDone(number));
    way = null;
    sandbox = null;
  }

  async function drain(): Promise<void> {
    await responder.drain();
    await peer.finish();
  }

  return {
    connection(next) {
      if (next.kind !== "connected") {
        trouble = undefined;
        told = false;
      }
      state = next;
      report();
    },
    command(command) {
      switch (command.type) {
        case "sandbox":
          way = command;
          return;
        case "serve":
          if (command.setup.handler.kind === "builtin") leaveSandbox();
          return responder.serve(command.setup);
        case "freeze":
          return responder.freeze();
        case "thaw":
          return responder.thaw();
        case "drain":
          return void drain();
      }
    },
    close() {
      const reason = { kind: "cancelled", by: "responderClosed" } as const;
      responder.abort(reason);
      exchanges.cancel(reason);
    },
  };
}

const encoded = (reason: Reason | null): string => (reason === null ? "" : encodeReason(reason));
