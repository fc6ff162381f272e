import { ErrorCode, NatsError } from "nats.ws";
import type { ServerAddress } from "../../domain/server/connection.ts";
import type { Reason } from "../../domain/events/reasons.ts";
import { IN_TAB } from "../../domain/server/inTabServer.ts";

/** Why a connection could not be made. */
export interface ConnectFailure {
  readonly reason: Reason;
  /** Whether trying again may help: a server that is not up yet, but not a wrong password. */
  readonly heals: boolean;
}

/** Whether anything at all speaks HTTP at an address. Resolves, never rejects. */
export type Probe = (url: string) => Promise<boolean>;

/** Longest wait for a probe, in ms. */
const PROBE_MS = 1500;

/**
 * Asks by plain HTTP. A page is not told why a WebSocket failed, but whether a plain request gets any answer tells a server
 * that refused this page from one that is not there. The answer itself stays unread, as another origin's must.
 */
const probeHttp: Probe = async (url) => {
  try {
    await fetch(url, { mode: "no-cors", cache: "no-store", signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
};

/** Finds out what is behind what nats.ws threw. `serverError` is the last -ERR of the connection that failed, empty for none. */
export async function explainFailure(
  thrown: unknown,
  address: ServerAddress,
  serverError: string,
  probe: Probe = probeHttp,
): Promise<ConnectFailure> {
  const { url } = address;
  const code = thrown instanceof NatsError ? thrown.code : "";
  if (isAuthCode(code)) {
    const reason: Reason = { kind: "loginRefused", url, with: address.credentials.kind, error: serverError };
    return { reason, heals: false };
  }
  if (url === IN_TAB) {
    return healing(
      serverError === "" ? { kind: "inTabStopped" } : { kind: "serverEnded", url, error: serverError },
    );
  }
  if (!URL.canParse(url) || isNamed(thrown, "SyntaxError")) return final({ kind: "badAddress", url });
  if (isNamed(thrown, "SecurityError")) return final({ kind: "insecurePage", url });
  if (serverError !== "") return healing({ kind: "serverEnded", url, error: serverError });
  if (code === ErrorCode.Timeout) return healing({ kind: "noAnswer", url });
  return explainSilence(url, probe);
}

/** The WebSocket was closed before the server spoke. */
async function explainSilence(url: string, probe: Probe): Promise<ConnectFailure> {
  const secure = /^wss:/i.test(url);
  const there = url.replace(/^wss?:/i, secure ? "https:" : "http:");
  if (secure) {
    if (await probe(there)) return refused(url);
    if (await probe(url.replace(/^wss:/i, "http:"))) return healing({ kind: "hasNoTls", url });
    return healing({ kind: "nothingTrusted", url });
  }
  if (!(await probe(there))) return healing({ kind: "nothingThere", url });
  if (await probe(url.replace(/^ws:/i, "https:"))) return healing({ kind: "wantsTls", url });
  return refused(url);
}

/** Which page this is, as the server sees it; outside a browser there is none. */
const origin = (): string => (typeof location === "undefined" ? "this page's origin" : location.origin);

const refused = (url: string): ConnectFailure => healing({ kind: "pageRefused", url, origin: origin() });

export const isAuthCode = (code: string): boolean =>
  code === ErrorCode.AuthorizationViolation ||
  code === ErrorCode.AuthenticationExpired ||
  code === ErrorCode.AuthenticationTimeout ||
  code === ErrorCode.AccountExpired;

/** By name, because a DOMException of another realm is no instance of this one's. */
const isNamed = (thrown: unknown, name: string): boolean =>
  typeof thrown === "object" && thrown !== null && "name" in thrown && thrown.name === name;

const healing = (reason: Reason): ConnectFailure => ({ reason, heals: true });
const final = (reason: Reason): ConnectFailure => ({ reason, heals: false });
