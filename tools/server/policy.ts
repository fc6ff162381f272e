/** How the page is served. */
export interface Served {
  readonly mode: "built" | "development";
  /** The sites that may have it in a frame and use its server there. None: any may have it, and none may use the server. */
  readonly framers: readonly string[];
}

/**
 * What the page may do, as a Content-Security-Policy. The page talks to any NATS server a person names, so it may connect by
 * WebSocket anywhere, and by HTTP to ask whether anything is there at all when a WebSocket fails without saying why;
 * everything else is its own. Styles may be inline because the diagram and the charts set them.
 */
const POLICY: Readonly<Record<string, readonly string[]>> = {
  "default-src": ["'self'"],
  "script-src": ["'self'"],
  "worker-src": ["'self'", "blob:"],
  "style-src": ["'self'", "'unsafe-inline'"],
  "connect-src": ["'self'", "ws:", "wss:", "http:", "https:"],
  "img-src": ["'self'", "data:", "blob:"],
  "font-src": ["'self'", "data:"],
  "frame-ancestors": ["'none'"],
  "base-uri": ["'none'"],
  "object-src": ["'none'"],
  "form-action": ["'none'"],
};

/** Of the one script in index.html itself, which says why the page does not run in a frame without an origin. */
const WORDS_SCRIPT = "'sha256-5UmGbLHkx0k7HARsPkNZoXp/885HYwwviXSFvqS3InI='";

/**
 * Of the worker that runs the nats-server of a page without one. A worker has the policy it came with, so that only there
 * WebAssembly may be compiled, and in nothing else of the page.
 */
const IN_TAB_SERVER = /\/inTabServer\.worker[^/]*$/;

/**
 * The page with `?embed` may stand in other pages: there nothing can be agreed to. Where the person who runs the server listed sites,
 * it uses this server there, and only those may have it; else any may, and it uses none but the one in the browser. All else
 * may stand in none.
 */
const isForFrames = (path: string, query: URLSearchParams): boolean => isPage(path) && query.has("embed");

const isPage = (path: string): boolean => /^\/(index\.html)?$/.test(path);

/** The policy as a header. Vite's development page runs inline scripts of its own, for hot reload. */
function contentSecurityPolicy({ mode, framers }: Served, path: string, query: URLSearchParams): string {
  const scripts = ["'self'"];
  // A hash beside it would take 'unsafe-inline' away.
  if (mode === "development") scripts.push("'unsafe-inline'");
  else if (isPage(path)) scripts.push(WORDS_SCRIPT);
  if (IN_TAB_SERVER.test(path)) scripts.push("'wasm-unsafe-eval'");
  const ancestors = framers.length > 0 ? framers : ["*"];
  const framed = isForFrames(path, query) ? { "frame-ancestors": ancestors } : {};
  return written({ ...POLICY, ...framed, "script-src": scripts });
}

/** The policy as far as a <meta> in the page can carry it, for hosts that send no headers. */
export function metaContentSecurityPolicy(): string {
  const { "frame-ancestors": _onlyInHeaders, ...rest } = POLICY;
  return written({ ...rest, "script-src": ["'self'", WORDS_SCRIPT] });
}

/**
 * What the sandbox may do: nothing but start a worker from text, which inherits this. It has no origin, so no storage either. The
 * page's own <meta> says the rest, for hosts that send no headers, with the hash of its one script. It has nothing that could be
 * pressed, and stands in the page that is embedded in another: so any may frame it.
 */
const SANDBOX_POLICY = "sandbox allow-scripts; frame-ancestors *; connect-src 'none'";

/** The headers of `public/sandbox.html`: those of the page, with the policy of the sandbox. */
export function sandboxHeaders(served: Served): Readonly<Record<string, string>> {
  return { ...pageHeaders(served, ""), "Content-Security-Policy": SANDBOX_POLICY };
}

/**
 * Sent with every answer, to a request for `path` with its query. The first two isolate the page, which gives it clocks of 5 µs instead of
 * 100 µs. `credentialless`, since `require-corp` would keep the page from asking whether anything answers at an address.
 */
export function pageHeaders(
  served: Served,
  path: string,
  query = new URLSearchParams(),
): Readonly<Record<string, string>> {
  return {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "credentialless",
    // A page that is isolated itself takes no other frame.
    "Cross-Origin-Resource-Policy": isForFrames(path, query) ? "cross-origin" : "same-origin",
    "Content-Security-Policy": contentSecurityPolicy(served, path, query),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  };
}

const written = (policy: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(" ")}`)
    .join("; ");
