import type { ConnectionState } from "../domain/connection.ts";
import { createAsker } from "../wire/ask.ts";
import { createResponder } from "../wire/respond.ts";
import { builtinHandler } from "./builtinHandlers.ts";
import type { ResponderCommand } from "./messages.ts";
import { runPeerWorker } from "./peerWorker.ts";

runPeerWorker<ResponderCommand>((peer) => {
  const { start, connection, sink, clock } = peer;
  const asker = createAsker(connection, sink, clock);
  let state: ConnectionState = { kind: "connecting" };
  /** Undefined while the server has not confirmed the subscription. */
  let trouble: string | null | undefined;

  /** To be connected is to be subscribed: before that a request would find nobody. */
  function report(): void {
    if (state.kind !== "connected") return peer.tellConnection(state);
    if (trouble === null) return peer.tellConnection(state);
    if (trouble === undefined) return;
    peer.tellConnection({ kind: "failed", reason: trouble, credentialsWanted: false });
  }

  const responder = createResponder({
    name: start.name,
    seed: start.seed,
    connection,
    asker,
    sink,
    clock,
    findHandler: (ref) => (ref.kind === "builtin" ? builtinHandler(ref.id) : undefined),
    onServing(words) {
      const changed = words !== trouble;
      trouble = words;
      if (changed) report();
    },
  });

  async function drain(): Promise<void> {
    await responder.drain();
    await peer.finish();
  }

  return {
    connection(next) {
      if (next.kind !== "connected") trouble = undefined;
      state = next;
      report();
    },
    command(command) {
      switch (command.type) {
        case "serve":
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
      responder.abort("The responder was closed.");
      asker.cancel("The responder was closed.");
    },
  };
});
