import { connect, type ConnectionOptions, ErrorCode, Events, NatsError, type NatsConnection } from "nats.ws";
import type { EventSink } from "../../domain/events/batch.ts";
import type { ConnectionState, ServerAddress } from "../../domain/server/connection.ts";
import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { type ExchangeKey, KIND, PEER_STATES, type PeerState } from "../../domain/events/events.ts";
import { encodeReason, type Reason } from "../../domain/events/reasons.ts";
import type { ServerError } from "../../protocol/serverError.ts";
import { encodeText } from "./text.ts";
import { backoffMs } from "./backoff.ts";
import { explainFailure, isAuthCode, type ConnectFailure } from "./connectFailure.ts";
import { ReplyMemory } from "./replyMemory.ts";
import { createTap } from "./tap.ts";
import { PubSub } from "./pubSub.ts";
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
  down?(reason: Reason): void;
  /** The server says that something is refused, or wrong. */
  refused?(error: ServerError): void;
}

/** A connection that is kept up. */
export interface Connection extends Pick<PubSub, "subscribe" | "publish" | "checkPublish"> {
  /** The first word of every subject on the wire, on a server shared with strangers. */
  readonly prefix: string | undefined;
  /** Null while nothing can be published. */
  readonly live: NatsConnection | null;
  /** Why it is not live. */
  readonly reason: Reason;
  /** Bytes that the network has not taken yet. */
  readonly waitingBytes: number;
  /** Bytes of the protocol that crossed its present WebSocket, both ways together; its frames' own heads are not counted. */
  readonly crossedBytes: number;
  /** No answer will leave for the request of that exchange, which came in on this connection. */
  forget(exchange: ExchangeKey): void;
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
  const pubSub = new PubSub({
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
  /** Why what the server sends on this socket is read no more; null while it is read. */
  let broken: Reason | null = null;
  let reason: Reason = { kind: "connecting", url: server.url };

  function tell(state: ConnectionState, peerState: PeerState): void {
    const why = "reason" in state ? encodeReason(state.reason) : "";
    onState(state);
    if (live === null && why === told) return;
    told = why;
    const texts = { payload: encodeText(why) };
    sink.record(KIND.state, clock(), 0, 0, PEER_STATES.indexOf(peerState), 0, 0, texts);
  }

  function tellConnected(): ConnectionState | null {
    const info = live?.info;
    if (!info) return null;
    const { server_name: serverName, version, max_payload: maxPayload, client_id: clientId = null } = info;
    return { kind: "connected", server: { name: serverName, version, maxPayload, clientId }, rttMs };
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

  function down(why: Reason): void {
    reason = why;
    if (live === null) return;
    live = null;
    rttMs = null;
    for (const listener of listeners) listener.down?.(why);
    if (!closed) tell({ kind: "reconnecting", attempt: 1, reason: why }, "reconnecting");
  }

  function onSocketEnd(ended: TappedSocket, end: SocketEnd): void {
    if (ended !== socket) return;
    socketOpen = false;
    if (closed) return;
    down(broken ?? lossOf(server.url, end, serverError));
  }

  /** Called by nats.ws for every attempt, the first and each reconnect. */
  async function openSocket(): Promise<{ socket: TappedSocket; encrypted: boolean }> {
    attempt++;
    waitMs = backoffMs(attempt, random);
    if (nats !== null && attempt > 1) onState({ kind: "reconnecting", attempt, reason });
    serverError = "";
    broken = null;
    const tap = createTap({
      sink,
      prefix: server.prefix,
      memory,
      subscribers: pubSub.subscribers,
      onRoundTrip(ms) {
        rttMs = ms;
        const state = tellConnected();
        if (state) onState(state);
      },
      onServerError(error) {
        serverError = error.text;
        for (const listener of listeners) listener.refused?.(error);
      },
      onBroken(what) {
        broken =
          what === null
            ? { kind: "notNats", url: server.url }
            : { kind: "brokenStream", url: server.url, what };
        opened.breakOff();
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
    let probed = false;
    while (!closed) {
      pubSub.startOver();
      try {
        nats = await connect(natsOptions(name, server, openSocket, () => waitMs));
      } catch (thrown) {
        // nats.ws leaves a socket alone that never got as far as an INFO.
        socket?.close();
        if (closed) return;
        // A WebSocket fails without saying why. Finding out takes requests, which are not made for every attempt.
        const silent = broken === null && thrown instanceof NatsError && thrown.code === ErrorCode.Unknown;
        if (broken !== null) failure = { reason: broken, heals: true };
        else if (failure === null || !silent || !probed || attempt % PROBE_EVERY === 0)
          failure = await explainFailure(thrown, server, serverError);
        probed = silent;
        if (closed) return;
        if (!failure.heals) return giveUp(failure);
        reason = failure.reason;
        tell({ kind: "reconnecting", attempt, reason }, nats === null ? "disconnected" : "reconnecting");
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        continue;
      }
      failure = null;
      const current = nats;
      void watchReconnects(current);
      up(current);
      const whyClosed = await current.closed();
      if (closed) return;
      // nats.ws gives up by itself only when a reconnect is not let in any more.
      down(whyClosed ? { kind: "failed", message: whyClosed.message } : { kind: "closed" });
      if (whyClosed instanceof NatsError && isAuthCode(whyClosed.code)) {
        return giveUp(await explainFailure(whyClosed, server, serverError));
      }
    }
  }

  async function watchReconnects(current: NatsConnection): Promise<void> {
    for await (const { type } of current.status()) {
      if (type === Events.Reconnect && current === nats) up(current);
    }
  }

  function giveUp(failure: ConnectFailure): void {
    reason = failure.reason;
    tell({ kind: "failed", reason }, "disconnected");
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
    forget: (exchange) => void memory.take(exchange),
    listen(listener) {
      listeners.add(listener);
      if (live) listener.up?.(live);
      return () => void listeners.delete(listener);
    },
    subscribe: (...what) => pubSub.subscribe(...what),
    publish: (subject, message) => pubSub.publish(subject, message),
    checkPublish: (message) => pubSub.checkPublish(message),
    async close() {
      if (closed) return;
      closed = true;
      down({ kind: "closed" });
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

function lossOf(url: string, end: SocketEnd, serverError: string): Reason {
  if (serverError !== "") return { kind: "serverEnded", url, error: serverError };
  return end.by === "client" ? { kind: "silent", url } : { kind: "lost", url, said: end.reason };
}
