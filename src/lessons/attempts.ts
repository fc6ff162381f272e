import type { ExchangeSummary } from "../domain/exchanges/readExchange.ts";
import { decodeUtf8 } from "../domain/base/utf8.ts";
import type { Talk } from "./lessonView.ts";

/** The attempts of each call on a subject that was tried more than once, oldest first; the newest call first. */
export function attemptsOf(exchanges: readonly ExchangeSummary[], subject: string): ExchangeSummary[][] {
  const calls = new Map<number, ExchangeSummary[]>();
  for (const exchange of exchanges) {
    if (exchange.call === null || exchange.subject !== subject) continue;
    const attempts = calls.get(exchange.call);
    if (attempts) attempts.unshift(exchange);
    else calls.set(exchange.call, [exchange]);
  }
  return [...calls.values()].filter((attempts) => attempts.length > 1);
}

/** From each attempt to the next, in ms. */
export const gapsOf = (attempts: readonly ExchangeSummary[]): number[] =>
  attempts.slice(1).map(({ firstAt }, index) => firstAt - (attempts[index]?.firstAt ?? firstAt));

/** For each payment that was tried more than once: the booking numbers that its attempts were answered; the newest first. */
export function bookingsOf(talks: readonly Talk[], subject: string): number[][] {
  const calls = new Map<number, number[]>();
  for (const { exchange } of talks) {
    if (exchange.subject !== subject || exchange.call === null) continue;
    const numbers = exchange.deliveries.flatMap(({ answer }) => {
      const number = answer ? booking(decodeUtf8(answer.bytes)) : null;
      return number === null ? [] : [number];
    });
    calls.set(exchange.call, [...numbers, ...(calls.get(exchange.call) ?? [])]);
  }
  return [...calls.values()].filter((numbers) => numbers.length > 1);
}

function booking(text: string): number | null {
  try {
    const reply: unknown = JSON.parse(text);
    if (typeof reply !== "object" || reply === null || !("booked" in reply)) return null;
    return typeof reply.booked === "number" ? reply.booked : null;
  } catch {
    return null;
  }
}
