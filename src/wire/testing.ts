import type { Reason } from "../domain/events/reasons.ts";
import type { EventSink, EventTexts } from "../domain/events/batch.ts";
import type { ConnectionState, ServerAddress } from "../domain/server/connection.ts";
import { EVENT_KINDS, type EventKind, FLAG } from "../domain/events/events.ts";
import { type Outcome, outcomeOf } from "../domain/events/outcomes.ts";
import type { ResponderSetup } from "../domain/setup/setup.ts";
import { decodeText } from "./connection/text.ts";
import { type Connection, openConnection } from "./connection/connect.ts";
import { createExchanges } from "./requests/exchanges.ts";
import { prepareRequest } from "./requests/preparedRequest.ts";
import type { HandlerFunction } from "./replies/handlerContext.ts";
import { createRequester, type Requester } from "./requests/request.ts";
import { createResponder, type Responder } from "./replies/respond.ts";

/** What the tests of this folder share: the real thing, with its events and states kept to look at. */

export interface SeenEvent {
  readonly kind: EventKind;
  readonly at: number;
  readonly exchange: number;
  readonly link: number;
  readonly code: number;
  readonly flags: number;
  readonly size: number;
  readonly subject: string;
  readonly reply: string;
  readonly headers: string;
  readonly payload: string;
}

export interface Recorder extends EventSink {
  readonly events: SeenEvent[];
  of(kind: EventKind): SeenEvent[];
  /** The outcomes of concluded calls, in their order. */
  outcomes(): (Outcome | undefined)[];
}

export function createRecorder(): Recorder {
  const events: SeenEvent[] = [];
  return {
    events,
    of: (kind) => events.filter((event) => event.kind === kind),
    outcomes: () =>
      events.filter((event) => event.kind === "concluded").map((event) => outcomeOf(event.code)),
    record(kind, at, exchange, link, code, flags, size, texts: EventTexts = {}) {
      const text = (bytes: Uint8Array | undefined): string => (bytes ? decodeText(bytes) : "");
      const { subject, reply, headers, payload } = texts;
      events.push({
        kind: EVENT_KINDS[kind] ?? "log",
        at,
        exchange,
        link,
        code,
        flags,
        size,
        subject: text(subject),
        reply: text(reply),
        headers: text(headers),
        payload: text(payload),
      });
    },
    recordMessage(kind, at, exchange, link, code, flags, message) {
      const { bytes, payloadStart, payloadEnd } = message;
      this.record(kind, at, exchange, link, code, flags, payloadEnd - payloadStart, {
        subject: bytes.subarray(message.subjectStart, message.subjectEnd),
        reply: bytes.subarray(message.replyStart, message.replyEnd),
        headers: bytes.subarray(message.headersStart, message.headersEnd),
        payload: bytes.subarray(payloadStart, payloadEnd),
      });
    },
  };
}

export const clock = (): number => performance.timeOrigin + performance.now();
export const isError = (event: SeenEvent): boolean => (event.flags & FLAG.error) !== 0;

/** Waits until something is so. Fails after `limitMs`, saying what it waited for. */
export async function until(what: string, isSo: () => boolean, limitMs = 5000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export interface TestPeer {
  readonly recorder: Recorder;
  readonly connection: Connection;
  readonly states: ConnectionState[];
}

const openPeers: TestPeer[] = [];

export async function closePeers(): Promise<void> {
  await Promise.all(openPeers.splice(0).map((peer) => peer.connection.close()));
}

export function openPeer(name: string, server: ServerAddress): TestPeer {
  const recorder = createRecorder();
  const states: ConnectionState[] = [];
  const onState = (state: ConnectionState): void => void states.push(state);
  const random = (): number => 0.5;
  const connection = openConnection({ name, server, sink: recorder, clock, random, onState });
  const peer = { recorder, connection, states };
  openPeers.push(peer);
  return peer;
}

export interface TestRequester extends TestPeer {
  readonly requester: Requester;
  /** One call; resolves with its outcome. */
  ask(subject: string, payload?: string, timeoutMs?: number): Promise<Outcome>;
}

export async function openRequester(server: ServerAddress): Promise<TestRequester> {
  const peer = openPeer("client-1", server);
  const { connection, recorder } = peer;
  const requester = createRequester({
    peer: 7,
    exchanges: createExchanges(connection, recorder, clock),
    sink: recorder,
    clock,
  });
  await until("the requester is connected", () => connection.live !== null);
  return {
    ...peer,
    requester,
    async ask(subject, payload = "{}", timeoutMs = 2000) {
      const request = prepareRequest(subject, [], timeoutMs);
      return (await requester.call(request, new TextEncoder().encode(payload))).outcome;
    },
  };
}

export interface TestResponder extends TestPeer {
  readonly responder: Responder;
  /** What it said of its subscription; null is that the server has it. */
  readonly serving: (Reason | null)[];
}

export const PLAIN_SETUP: ResponderSetup = {
  name: "responder-1",
  subject: "user.get",
  queue: "users",
  handler: { kind: "builtin", id: "test" },
  delay: { kind: "none" },
  handling: "concurrent",
  errorShare: 0,
  dropShare: 0,
};

export async function openResponder(
  server: ServerAddress,
  handler: HandlerFunction,
  setup: Partial<ResponderSetup> = {},
): Promise<TestResponder> {
  const whole = { ...PLAIN_SETUP, ...setup };
  const peer = openPeer(whole.name, server);
  const { connection, recorder } = peer;
  const serving: (Reason | null)[] = [];
  const responder = createResponder({
    name: whole.name,
    seed: 1,
    connection,
    exchanges: createExchanges(connection, recorder, clock),
    sink: recorder,
    clock,
    findHandler: () => handler,
    onServing: (trouble) => void serving.push(trouble),
  });
  responder.serve(whole);
  await until("the responder is subscribed", () => serving.length > 0);
  return { ...peer, responder, serving };
}
