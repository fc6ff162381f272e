import { describeReasonIfAny } from "../../domain/narration/describeReason.ts";
import {
  TRANSPORTS,
  transportsOfRound,
  type ComparisonPlan,
  type ComparisonProgress,
  type Transport,
} from "../../domain/load/comparison.ts";
import { untilUp } from "../../wire/connection/untilUp.ts";
import { createExchanges, ONLY_ATTEMPT } from "../../wire/requests/exchanges.ts";
import { prepareRequest } from "../../wire/requests/preparedRequest.ts";
import type { ComparisonCommand } from "../messages.ts";
import type { Peer, Role } from "./peerWorker.ts";

const TIMEOUT_MS = 2000;
/** Made before anything is timed, so that connections are open and code is compiled. */
const WARM_UP_ROUNDS = 5;
const TELL_EVERY_MS = 100;

interface PeerCounters {
  readonly timesMs: number[];
  failures: number;
  setAside: number;
  reason: string;
}

type Told =
  { readonly kept: true } | { readonly kept: false; readonly failed: boolean; readonly why: string };

const TAKEN: Told = { kept: true };
const failed = (why: string): Told => ({ kept: false, failed: true, why });

/** Asks one and the same handler in several ways, one request at a time and in turns, all timed by this worker's clock. */
export function comparisonRole(peer: Peer): Role<ComparisonCommand> {
  const { connection, sink, clock } = peer;
  const exchanges = createExchanges(connection, sink, clock);
  const text = new TextEncoder();
  let running = false;
  let stopped = false;

  const overNats = async (subject: string, payload: Uint8Array): Promise<Told> => {
    const request = prepareRequest(subject, [], TIMEOUT_MS);
    const { outcome, reason } = await exchanges.request(request, payload, 0, ONLY_ATTEMPT);
    if (outcome === "replied") return TAKEN;
    return failed(outcome === "errorReply" ? "It was an error reply." : describeReasonIfAny(reason));
  };

  /**
   * Without credentials a browser keeps connections apart from those with, so that the kinds do not take each other's. The server
   * says how old the connection was; one of the wrong kind is set aside.
   */
  const overHttp = async (url: string, body: string, asNew: boolean): Promise<Told> => {
    try {
      const response = await fetch(asNew ? `${url}?connection=new` : url, {
        method: "POST",
        body,
        cache: "no-store",
        credentials: asNew ? "omit" : "same-origin",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.text();
      if (!response.ok) return failed(`The page’s server answered ${response.status}.`);
      const isNew = response.headers.get("X-Served") === "1";
      return isNew === asNew ? TAKEN : { kept: false, failed: false, why: "" };
    } catch (problem) {
      return failed(`The page’s server did not answer: ${String(problem)}`);
    }
  };

  async function compare(plan: ComparisonPlan): Promise<void> {
    running = true;
    stopped = false;
    const tallies = Object.fromEntries(
      TRANSPORTS.map((way): [Transport, PeerCounters] => [
        way,
        { timesMs: [], failures: 0, setAside: 0, reason: "" },
      ]),
    ) as Record<Transport, PeerCounters>; // fromEntries forgets the keys
    const payload = text.encode(plan.payload);
    const ask: Readonly<Record<Transport, () => Promise<Told>>> = {
      natsServer: () => overNats(plan.serverSubject, payload),
      natsPage: () => overNats(plan.pageSubject, payload),
      httpKept: () => overHttp(plan.httpUrl, plan.payload, false),
      httpNew: () => overHttp(plan.httpUrl, plan.payload, true),
    };
    let natsBytes: number | null = null;
    let done = 0;
    let toldAt = 0;
    const tell = (now: boolean): void => {
      if (!now && performance.now() - toldAt < TELL_EVERY_MS) return;
      toldAt = performance.now();
      const progress: ComparisonProgress = {
        running,
        done,
        of: plan.rounds,
        results: tallies,
        natsBytes,
      };
      postMessage({ type: "compared", progress });
    };

    await untilUp(connection, TIMEOUT_MS);
    for (let round = -WARM_UP_ROUNDS; round < plan.rounds && !stopped; round++) {
      for (const way of transportsOfRound(round + WARM_UP_ROUNDS)) {
        const before = connection.crossedBytes;
        const began = performance.now();
        const told = await ask[way]();
        const tookMs = performance.now() - began;
        if (round < 0) continue;
        const tally = tallies[way];
        if (told.kept) {
          tally.timesMs.push(tookMs);
          if (way === "natsServer") natsBytes = connection.crossedBytes - before;
        } else if (told.failed) {
          tally.failures++;
          tally.reason = told.why;
        } else tally.setAside++;
      }
      done = Math.max(0, round + 1);
      tell(false);
    }
    running = false;
    tell(true);
  }

  return {
    connection: peer.tellConnection,
    command(command) {
      if (command.type === "stopComparing") stopped = true;
      else if (!running) void compare(command.plan);
    },
    close() {
      stopped = true;
      exchanges.cancel({ kind: "cancelled", by: "comparisonEnded" });
    },
  };
}
