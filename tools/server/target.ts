/** What a request asks for. */
export interface Target {
  /** From its first `/` on, with its escapes read as the file server reads them: what is decided of a path is decided of its file. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Both as they were sent, in the one form that this server hands on. */
  readonly written: string;
}

/** Of a request sent as to a proxy, which names the server too: `GET http://127.0.0.1:4173/varz`. */
const SERVER = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * Reads the target of a request, whatever a client wrote there: it never throws. Null for one that names no path (`*`, `host:443`) or
 * whose escapes are no text (`/%ff`). Everything that looks at a request's address looks at this.
 */
export function readTarget(text = "/"): Target | null {
  const [asked = ""] = text.replace(SERVER, "").split("#");
  const offset = asked.includes("?") ? asked.indexOf("?") : asked.length;
  const path = asked.slice(0, offset) === "" && text !== asked ? "/" : asked.slice(0, offset);
  if (!path.startsWith("/")) return null;
  const search = asked.slice(offset);
  try {
    return { path: decodeURI(path), query: new URLSearchParams(search), written: path + search };
  } catch {
    return null;
  }
}
