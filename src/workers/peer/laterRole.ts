import type { Peer, Role } from "./peerWorker.ts";

/**
 * A role whose script is fetched when a worker is started for it. Commands that come before that wait for it, in their order. A script
 * that cannot be fetched is an uncaught error of the worker.
 */
export function laterRole<Command>(
  load: () => Promise<(peer: Peer) => Role<Command>>,
): (peer: Peer) => Role<Command> {
  return (peer) => {
    const loaded = load().then((role) => role(peer));
    const whenLoaded = (run: (role: Role<Command>) => void): void => void loaded.then(run, reportError);
    return {
      command: (command) => whenLoaded((role) => role.command(command)),
      connection: (state) => whenLoaded((role) => role.connection(state)),
      close: () => whenLoaded((role) => role.close()),
    };
  };
}
