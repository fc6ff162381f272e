import { ErrorCode, NatsError } from "nats.ws";
import { serverAt, type ServerAddress } from "../../domain/server/connection.ts";
import { IN_TAB } from "../../domain/server/embedded.ts";

/** Why a connection could not be made. */
export interface ConnectFailure {
  /** What failed, with what, and what to do next. */
  readonly reason: string;
  /** Whether trying again may help: a server that is not up yet, but not a wrong password. */
  readonly heals: boolean;
  readonly credentialsWanted: boolean;
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

/** Puts what nats.ws threw into words. `serverError` is the last -ERR of the connection that failed, empty for none. */
export async function explainFailure(
  thrown: unknown,
  address: ServerAddress,
  serverError: string,
  probe: Probe = probeHttp,
): Promise<ConnectFailure> {
  const { url } = address;
  const code = thrown instanceof NatsError ? thrown.code : "";
  if (isAuthCode(code)) return authFailure(address, serverError);
  if (url === IN_TAB) {
    if (serverError !== "") return healing(`${serverAt(url)} ended the connection: ${serverError}.`);
    return healing(`${serverAt(url)} takes no connections. Start it, if it is stopped.`);
  }
  if (!URL.canParse(url) || isNamed(thrown, "SyntaxError")) {
    return final(`${url} is no address of a WebSocket. Write ws://host:port.`);
  }
  if (isNamed(thrown, "SecurityError")) {
    return final(
      `This page came over https, so the browser does not let it use ${url}. Give the server TLS and use wss://, or open the page over http.`,
    );
  }
  if (serverError !== "") return healing(`The server at ${url} ended the connection: ${serverError}.`);
  if (thrown instanceof Error && thrown.message.includes("unexpected response")) {
    return healing(`Something at ${url} takes WebSockets but is no nats-server. Check the port.`);
  }
  if (code === ErrorCode.Timeout) {
    return healing(
      `The server at ${url} did not answer in time. Check the address, and that the server is not stopped.`,
    );
  }
  return explainSilence(url, probe);
}

/** The WebSocket was closed before the server spoke. */
async function explainSilence(url: string, probe: Probe): Promise<ConnectFailure> {
  const secure = /^wss:/i.test(url);
  const there = url.replace(/^wss?:/i, secure ? "https:" : "http:");
  if (secure) {
    if (await probe(there)) return refused(url);
    if (await probe(url.replace(/^wss:/i, "http:"))) {
      return healing(`The server at ${url} does not use TLS. Write ws:// instead of wss://.`);
    }
    return healing(
      `Nothing answers at ${url}, or its certificate is not trusted here. Start the server, or open ${there} once to see what the browser makes of it.`,
    );
  }
  if (!(await probe(there))) {
    return healing(
      `Nothing answers at ${url}. Start nats-server with a WebSocket on that port, or check the address.`,
    );
  }
  if (await probe(url.replace(/^ws:/i, "https:"))) {
    return healing(`The server at ${url} uses TLS. Write wss:// instead of ws://.`);
  }
  return refused(url);
}

/** Which page this is, as the server sees it; outside a browser there is none. */
const origin = (): string => (typeof location === "undefined" ? "this page's origin" : location.origin);

const refused = (url: string): ConnectFailure =>
  healing(
    `A server answers at ${url} but refuses this page. Add ${origin()} to allowed_origins in the websocket part of its configuration, or check that this is its WebSocket port.`,
  );

function authFailure({ url, credentials }: ServerAddress, serverError: string): ConnectFailure {
  const said = serverError === "" ? "" : ` It said: ${serverError}.`;
  const reason = {
    none: `The server at ${url} asks who you are. Give a user and password, or a token.`,
    user: `The server at ${url} did not accept this user and password.${said}`,
    token: `The server at ${url} did not accept this token.${said}`,
  }[credentials.kind];
  return { reason, heals: false, credentialsWanted: true };
}

export const isAuthCode = (code: string): boolean =>
  code === ErrorCode.AuthorizationViolation ||
  code === ErrorCode.AuthenticationExpired ||
  code === ErrorCode.AuthenticationTimeout ||
  code === ErrorCode.AccountExpired;

/** By name, because a DOMException of another realm is no instance of this one's. */
const isNamed = (thrown: unknown, name: string): boolean =>
  typeof thrown === "object" && thrown !== null && "name" in thrown && thrown.name === name;

const healing = (reason: string): ConnectFailure => ({ reason, heals: true, credentialsWanted: false });
const final = (reason: string): ConnectFailure => ({ reason, heals: false, credentialsWanted: false });
