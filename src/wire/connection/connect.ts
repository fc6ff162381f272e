import { connect, type ConnectionOptions, ErrorCode, Events, NatsError, type NatsConnection } from "nats.ws";
import type { EventSink } from "../../domain/events/batch.ts";
import {
  serverAt,
  serverName,
  type ConnectionState,
  type ServerAddress,
} from "../../domain/server/connection.ts";
import { IN_TAB } from "../../domain/server/embedded.ts";
import { KIND, PEER_STATES, type PeerState } from "../../domain/events/events.ts";
import { encodeText } from "./text.ts";
import { backoffMs } from "./backoff.ts";
import { explainFailure, isAuthCode, type ConnectFailure } from "./connectFailure.ts";
import { ReplyMemory } from "./replyMemory.ts";
import { createTap } from "./tap.ts";
import { Traffic } from "./traffic.ts";
import { PortSocket, type Dialer } from "./portSocket.ts";
import { TappedSocket, type SocketEnd } from "./tappedSocket.ts";

export interface OpenOptions {
  /** The connection's name, as the server's monitoring shows it. */
  readonly name: string;
  readonly server: ServerAddress;
  /** The way to the nats-server in this browser, where that is the server. */
  readonly dialer?: Dialer | null;
  readonly sink: EventSink;
  /** Epoch ms with a fraction. */
  readonly clock: () => number;
  /** 0 ≤ x < 1; spreads reconnects. */
  readonly random: () => number;
  readonly onState: (state: ConnectionState) => void;
}

export interface ConnectionListener {
  /** Messages can be published. `nats` is the same as last time after a reconnect, subscriptions included. */
  up?(nats: NatsConnection): void;
  /** What was sent and not answered yet can no longer be answered. */
  down?(reason: string): void;
  /** The server has not taken a message for this subject. */
  forbidden?(error: NatsError, subject: string): void;
}

/** A connection that is kept up. */
export interface Connection extends Pick<Traffic, "subscribe" | "publish" | "checkPublish"> {
  /** The first word of every subject on the wire, on a server shared with strangers. */
  readonly prefix: string | undefined;
  /** Null while nothing can be published. */
  readonly live: NatsConnection | null;
  /** Why it is not live, in words. */
  readonly reason: string;
  /** Bytes that the network has not taken yet. */
  readonly waitingBytes: number;
  /** Bytes of the protocol that crossed its present WebSocket, both ways together; its frames' own heads are not counted. */
  readonly crossedBytes: number;
  /** Returns how to stop listening. */
  listen(listener: ConnectionListener): () => void;
  /** Sends what is waiting and closes for good. Never rejects. */
  close(): Promise<void>;
}

/** How long a server may take to answer a connection attempt, in ms. */
const CONNECT_TIMEOUT_MS = 5000;
/** A server that says nothing for three of these is taken for dead. */
const PING_INTERVAL_MS = 2500;
const MOST_PINGS_OUT = 2;
/** A probe for the reason of a failure is made at the first attempt and then at every so manieth. */
const PROBE_EVERY = 5;

/** Opens a connection in the background and keeps it: with backoff for what may heal, not at all for what cannot. */
export function openConnection(options: OpenOptions): Connection {
  const { name, server, dialer, sink, clock, random, onState } = options;
  const listeners = new Set<ConnectionListener>();
  const memory = new ReplyMemory();
  const traffic = new Traffic({
    get live() {
      return live;
    },
    get socket() {
      return socket;
    },
  });
  let nats: NatsConnection | null = null;
  let live: NatsConnection | null = null;
  let socket: TappedSocket | null = null;
  let socketOpen = false;
  let closed = false;
  let attempt = 0;
  let waitMs = 0;
  let rttMs: number | null = null;
  /** What was last recorded of its state while it is down: told once, not for every attempt. */
  let told = "";
  let serverError = "";
  let reason = `It is still connecting to ${serverName(server.url)}.`;

  function tell(state: ConnectionState, peerState: PeerState): void {
    const words = "reason" in state ? state.reason : "";
    onState(state);
    if (live === null && words === told) return;
    told = words;
    const texts = { payload: encodeText(words) };
    sink.record(KIND.state, clock(), 0, 0, PEER_STATES.indexOf(peerState), 0, 0, texts);
  }

  function tellConnected(): ConnectionState | null {
    const info = live?.info;
    if (!info) return null;
    const { server_name: serverName, version, max_payload: maxPayload } = info;
    return { kind: "connected", server: { name: serverName, version, maxPayload }, rttMs };
  }

  function up(current: NatsConnection): void {
    // The socket may have gone again before this news of it came.
    if (closed || !socketOpen) return;
    live = current;
    attempt = 0;
    waitMs = backoffMs(1, random);
    const state = tellConnected();
    if (state) tell(state, "connected");
    for (const listener of listeners) listener.up?.(current);
  }

  function down(words: string): void {
    reason = words;
    if (live === null) return;
    live = null;
    rttMs = null;
    for (const listener of listeners) listener.down?.(words);
    if (!closed) tell({ kind: "reconnecting", attempt: 1, reason: words }, "reconnecting");
  }

  function onSocketEnd(ended: TappedSocket, end: SocketEnd): void {
    if (ended !== socket) return;
    socketOpen = false;
    if (closed) return;
    down(lossWords(server.url, end, serverError));
  }

  /** Called by nats.ws for every attempt, the first and each reconnect. */
  async function openSocket(): Promise<{ socket: TappedSocket; encrypted: boolean }> {
    attempt++;
    waitMs = backoffMs(attempt, random);
    if (nats !== null && attempt > 1) onState({ kind: "reconnecting", attempt, reason });
    serverError = "";
    const tap = createTap({
      sink,
      prefix: server.prefix,
      memory,
      takers: traffic.takers,
      onRoundTrip(ms) {
        rttMs = ms;
        const state = tellConnected();
        if (state) onState(state);
      },
      onServerError(text) {
        serverError = text;
      },
    });
    const opened: TappedSocket = new TappedSocket({
      // Throws what the WebSocket constructor throws: a bad address, or one that this page may not use.
      socket: dialer ? new PortSocket(dialer) : new WebSocket(server.url),
      tap,
      clock,
      onEnd: (end) => onSocketEnd(opened, end),
    });
    socket = opened;
    socketOpen = true;
    return { socket: opened, encrypted: server.url.startsWith("wss:") };
  }

  async function run(): Promise<void> {
    onState({ kind: "connecting" });
    let failure: ConnectFailure | null = null;
    while (!closed) {
      traffic.startOver();
      try {
        nats = await connect(natsOptions(name, server, openSocket, () => waitMs));
      } catch (thrown) {
        // nats.ws leaves a socket alone that never got as far as an INFO.
        socket?.close();
        if (closed) return;
        // A WebSocket fails without saying why. Finding out takes requests, which are not made for every attempt.
        const silent = thrown instanceof NatsError && thrown.code === ErrorCode.Unknown;
        if (failure === null || !silent || attempt % PROBE_EVERY === 0) {
          failure = await explainFailure(thrown, server, serverError);
        }
        if (closed) return;
        if (!failure.heals) return giveUp(failure);
        reason = failure.reason;
        tell({ kind: "reconnecting", attempt, reason }, nats === null ? "disconnected" : "reconnecting");
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        continue;
      }
      failure = null;
      const current = nats;
      void watch(current);
      up(current);
      const whyClosed = await current.closed();
      if (closed) return;
      // nats.ws gives up by itself only when a reconnect is not let in any more.
      down(whyClosed ? whyClosed.message : "The connection was closed.");
      if (whyClosed instanceof NatsError && isAuthCode(whyClosed.code)) {
        return giveUp(await explainFailure(whyClosed, server, serverError));
      }
    }
  }

  async function watch(current: NatsConnection): Promise<void> {
    for await (const { type, permissionContext } of current.status()) {
      if (current !== nats) continue;
      if (type === Events.Reconnect) up(current);
      if (type === Events.Error && permissionContext?.operation === "publish") {
        const { subject } = permissionContext;
        const words = `Permissions Violation for Publish to "${subject}"`;
        const error = new NatsError(words, ErrorCode.PermissionsViolation);
        for (const listener of listeners) listener.forbidden?.(error, subject);
      }
    }
  }

  function giveUp({ reason: words, credentialsWanted }: ConnectFailure): void {
    reason = words;
    tell({ kind: "failed", reason: words, credentialsWanted }, "disconnected");
  }

  void run();
  return {
    prefix: server.prefix,
    get live() {
      return live;
    },
    get reason() {
      return reason;
    },
    get waitingBytes() {
      return socket?.waitingBytes ?? 0;
    },
    get crossedBytes() {
      return socket?.crossedBytes ?? 0;
    },
    listen(listener) {
      listeners.add(listener);
      if (live) listener.up?.(live);
      return () => void listeners.delete(listener);
    },
    subscribe: (...what) => traffic.subscribe(...what),
    publish: (subject, message) => traffic.publish(subject, message),
    checkPublish: (message) => traffic.checkPublish(message),
    async close() {
      if (closed) return;
      closed = true;
      down("The connection was closed.");
      await nats?.close().catch(() => {}); // It is being closed: nothing is left to be done about an error.
      socket?.close();
      tell({ kind: "closed" }, "disconnected");
    },
  };
}

function natsOptions(
  name: string,
  { url, credentials }: ServerAddress,
  openSocket: () => Promise<{ socket: TappedSocket; encrypted: boolean }>,
  waitMs: () => number,
): ConnectionOptions {
  // `wsFactory` is nats.ws's official hook for its socket, but is missing from the type of its options.
  const options: ConnectionOptions & { readonly wsFactory: () => Promise<unknown> } = {
    servers: [url === IN_TAB ? "ws://in-tab" : url],
    name,
    timeout: CONNECT_TIMEOUT_MS,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: waitMs,
    pingInterval: PING_INTERVAL_MS,
    maxPingOut: MOST_PINGS_OUT,
    // The one server a person named: others of its cluster may not be reachable by WebSocket.
    ignoreClusterUpdates: true,
    // A stack trace for each request would more than halve the rate.
    noAsyncTraces: true,
    wsFactory: openSocket,
  };
  if (credentials.kind === "user") return { ...options, user: credentials.user, pass: credentials.password };
  if (credentials.kind === "token") return { ...options, token: credentials.token };
  return options;
}

function lossWords(url: string, end: SocketEnd, serverError: string): string {
  if (serverError !== "") return `${serverAt(url)} ended the connection: ${serverError}.`;
  if (end.by === "client")
    return `The connection to ${serverName(url)} was lost: the server stopped answering.`;
  return `The connection to ${serverName(url)} was lost${end.reason === "" ? "" : `: ${end.reason}`}.`;
}
