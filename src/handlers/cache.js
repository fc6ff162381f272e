// Remembers what the database said for a few seconds, and asks it only when it must.

/** How long a value is good. Shorter is fresher, longer spares the database more. */
const KEPT_MS = 5000;

/**
 * `{ "key": "users:1" }`. What it remembers is its responder's own: two caches in a queue group do not know of each other's.
 *
 * @type {import("./interface.ts").Handler}
 */
export default async function get(request, { state, ask }) {
  const { key } = /** @type {{ key?: unknown }} */ (request.json());
  const [, table, id] = /^(\w+):(\d+)$/.exec(String(key)) ?? [];
  if (table === undefined) return { error: "A key is a table and an id, such as users:1", status: "error" };

  const entries = /** @type {Map<string, { value: unknown, until: number }>} */ (
    state["entries"] ??= new Map()
  );
  const entry = entries.get(String(key));
  const now = Date.now();
  if (entry !== undefined && now < entry.until) {
    return { key, value: entry.value, cache: "hit", expires_in_ms: entry.until - now, status: "success" };
  }
  const cache = entry === undefined ? "miss" : "expired";

  let answer;
  try {
    const reply = await ask("db.query", { table, where: { id: Number(id) } }, { timeoutMs: 1000 });
    answer = /** @type {{ error?: string, rows?: unknown[] }} */ (reply.json());
  } catch (problem) {
    return { error: `The database cannot be asked: ${String(problem)}`, cache, status: "unavailable" };
  }
  if (answer.error) return { error: answer.error, cache, status: "error" };

  const value = answer.rows?.[0] ?? null;
  // That there is no such row is an answer too, and just as dear to ask for.
  entries.set(String(key), { value, until: Date.now() + KEPT_MS });
  return { key, value, cache, expires_in_ms: KEPT_MS, status: "success" };
}
