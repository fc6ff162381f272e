import type { ReasonOf } from "../../domain/events/reasons.ts";
import { scheduleSeed } from "../../domain/load/schedules.ts";
import type { RequesterSetup } from "../../domain/setup/setup.ts";
import { TRACE_DESTINATION } from "../../domain/messages/headersBlock.ts";
import { createExchanges } from "../../wire/requests/exchanges.ts";
import { createRequester } from "../../wire/requests/request.ts";
import { listenForTrace } from "../../wire/requests/trace.ts";
import { createCallSource, type CallSource } from "../load/callSource.ts";
import { startLoad, type Load } from "../load/load.ts";
import type { RequesterCommand } from "../messages.ts";
import type { Peer, Role } from "./peerWorker.ts";
import { createSendQueue } from "../load/sendQueue.ts";

export function requesterRole(peer: Peer): Role<RequesterCommand> {
  const { start, connection, sink, clock } = peer;
  const requester = createRequester({
    peer: start.peer,
    exchanges: createExchanges(connection, sink, clock),
    sink,
    clock,
  });
  const sends = createSendQueue(requester, connection);
  let load: Load | null = null;

  const sourceOf = (setup: RequesterSetup, first: number): CallSource =>
    createCallSource(requester, setup, first, start.seed);

  /** The same, with the header that asks the server for its account. */
  function traced(setup: RequesterSetup): RequesterSetup {
    const destination = listenForTrace(connection);
    if (destination === null) return setup; // No connection: it will be refused in any case.
    return { ...setup, headers: [...setup.headers, { name: TRACE_DESTINATION, value: destination }] };
  }

  function cancel(by: ReasonOf<"cancelled">["by"]): void {
    load?.stop();
    sends.clear();
    requester.cancel({ kind: "cancelled", by });
  }

  return {
    connection: peer.tellConnection,
    command(command) {
      switch (command.type) {
        case "send":
          return sends.add(
            sourceOf(command.traced ? traced(command.setup) : command.setup, command.first),
            command.count,
          );
        case "startLoad":
          if (load?.running) return; // One load at a time: its figures are told apart by nothing else.
          load = startLoad({
            run: command.run,
            plan: command.plan,
            seed: scheduleSeed(start.seed),
            source: sourceOf(command.setup, command.first),
            requester,
            connection,
            clock,
            onProgress: peer.tellLoad,
          });
          return;
        case "stopLoad":
          return load?.stop();
        case "cancel":
          return cancel("person");
      }
    },
    close: () => cancel("requesterClosed"),
  };
}
