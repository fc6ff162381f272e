import type { CallSamples } from "../../domain/load/callSamples.ts";
import type { EventSink } from "../../domain/events/batch.ts";
import type { ConnectionState, PeerConnection } from "../../domain/server/connection.ts";
import type { HandlerProblem } from "../../domain/setup/handlerSource.ts";
import { deriveSeed, seededRandom } from "../../domain/base/random.ts";
import { type Connection, openConnection } from "../../wire/connection/connect.ts";
import { createBatchWriter } from "./batchWriter.ts";
import { livenessLock } from "./livenessLock.ts";
import type {
  AnyCommand,
  LoadProgress,
  RoleCommands,
  SandboxEnd,
  StartCommand,
  WorkerEvent,
} from "../messages.ts";

/** What every worker has: one named connection whose events go to the page. */
export interface Peer {
  readonly start: StartCommand;
  readonly connection: Connection;
  readonly sink: EventSink;
  /** Epoch ms with a fraction, on this worker's clock. */
  readonly clock: () => number;
  tellConnection(state: PeerConnection): void;
  tellLoad(progress: LoadProgress, samples: CallSamples | null): void;
  tellHandler(problem: HandlerProblem | null): void;
  tellHandlerEnd(why: SandboxEnd): void;
  tellSandboxDone(number: number): void;
  tellRoom(subject: string, text: string): void;
  /** Closes the connection and tells the page that the worker is done, after every event that was recorded. */
  finish(): Promise<void>;
}

/** What one kind of worker does with it. */
export interface Role<Command> {
  /** Commands other than those that every worker understands. */
  command(command: Exclude<Command, AnyCommand>): void;
  /** The connection's state changed. */
  connection(state: ConnectionState): void;
  /** Gives up what is in flight; the connection is closed afterwards. */
  close(): void;
}

interface Running {
  readonly peer: Peer;
  readonly role: AnyRole;
  /** Posts what is recorded and not posted yet. */
  flush(): void;
  /** Whether to post only now and then. */
  setSeldom(seldom: boolean): void;
}

/** Read once: asked for with every event it would cost more than the time itself. */
const { timeOrigin } = performance;
const clock = (): number => timeOrigin + performance.now();

/** Makes the role that a worker is started for. */
type Roles = { readonly [Name in keyof RoleCommands]: (peer: Peer) => Role<RoleCommands[Name]> };

type OwnCommand = Exclude<RoleCommands[keyof RoleCommands], AnyCommand>;

/** The role that runs: its link on the page posts no commands but its own. */
interface AnyRole extends Omit<Role<never>, "command"> {
  command(command: OwnCommand): void;
}

/** Runs a worker: waits for `start`, then hands its commands to the role. */
export function runPeerWorker(roles: Roles): void {
  let running: Running | null = null;

  onmessage = (message: MessageEvent<AnyCommand | OwnCommand>) => {
    const command = message.data;
    if (isAnyCommand(command)) {
      switch (command.type) {
        case "clock":
          // Whoever is told the time is told all that was recorded before it.
          running?.flush();
          return tell({ type: "clock", askedAt: command.askedAt, workerAt: clock() });
        case "start":
          running = start(command, roles[command.role]);
          return;
        case "report":
          return running?.setSeldom(command.seldom);
        case "close":
          running?.role.close();
          void running?.peer.finish();
          return;
        case "crash":
          running?.flush();
          tell({ type: "crashed" });
          close(); // Nothing that is waiting in this worker runs any more, and its socket goes with it.
          return;
      }
    }
    running?.role.command(command);
  };
}

function start(command: StartCommand, createRole: (peer: Peer) => AnyRole): Running {
  const batches = createBatchWriter((batch, transfer) => postMessage({ type: "events", batch }, transfer));
  let role: AnyRole | null = null;
  const connection = openConnection({
    name: command.name,
    server: command.server,
    dialer: command.dial && { port: command.dial, liveness: livenessLock() },
    sink: batches,
    clock,
    random: seededRandom(deriveSeed(command.seed, "connection", command.peer)),
    onState: (state) => (role ? role.connection(state) : tell({ type: "connection", state })),
  });
  const peer: Peer = {
    start: command,
    connection,
    sink: batches,
    clock,
    tellConnection: (state) => tell({ type: "connection", state }),
    tellLoad(progress, samples) {
      // Who sees that a load has ended must already have every outcome of it.
      if (!progress.running) batches.flush();
      tell({ type: "load", progress, samples }, samples ? buffersOf(samples) : []);
    },
    tellHandler: (problem) => tell({ type: "handler", problem }),
    tellHandlerEnd: (why) => tell({ type: "handlerEnded", why }),
    tellSandboxDone: (number) => tell({ type: "sandboxDone", number }),
    tellRoom: (subject, text) => tell({ type: "room", subject, text }),
    async finish() {
      await connection.close();
      batches.flush();
      tell({ type: "closed" });
    },
  };
  role = createRole(peer);
  return { peer, role, flush: () => batches.flush(), setSeldom: (seldom) => batches.setSeldom(seldom) };
}

const tell = (event: WorkerEvent, transfer: Transferable[] = []): void => postMessage(event, transfer);

const buffersOf = (samples: CallSamples): Transferable[] =>
  Object.values(samples).map(({ buffer }) => buffer);

function isAnyCommand<Other extends { readonly type: string }>(
  command: AnyCommand | Other,
): command is AnyCommand {
  return ["start", "clock", "report", "close", "crash"].includes(command.type);
}
