// Service A. For { item } it gives { item, price, stock }, which it asks of service B.

/** More than B waits for C: else A would give up first, blame B, and never hear what B has to say about C. */
const TIMEOUT_MS = 1000;

/** @type {import("../interface.ts").Handler} */
export default async function serviceA(request, { ask }) {
  const { item } = /** @type {Record<string, unknown>} */ (request.json());
  if (typeof item !== "string") return { error: "Say which item", service: "a", why: "error" };

  try {
    const reply = await ask("chain.b", { item }, { timeoutMs: TIMEOUT_MS });
    // B's reply as it is. Where it is an error it says already which service failed and why.
    return reply.json();
  } catch (problem) {
    const { outcome } = /** @type {{ outcome?: string }} */ (problem);
    if (outcome === "timedOut") {
      return { error: `B did not answer within ${TIMEOUT_MS} ms`, service: "b", why: "timeout" };
    }
    if (outcome === "noResponders") return { error: "B is not running", service: "b", why: "unavailable" };
    return { error: `B cannot be asked: ${String(problem)}`, service: "b", why: "error" };
  }
}
