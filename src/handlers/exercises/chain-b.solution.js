// Service B. For { item } it gives { item, price, stock }: the price it knows, the stock it asks of service C.

/** @type {Record<string, number>} */
const PRICES = { tea: 4.5, coffee: 6.2 };

/** Less than A waits for this reply, so that there is time left to say what became of C. */
const TIMEOUT_MS = 400;

/** @type {import("../interface.ts").Handler} */
export default async function serviceB(request, { ask }) {
  const { item } = /** @type {Record<string, unknown>} */ (request.json());

  let answer;
  try {
    const reply = await ask("chain.c", { item }, { timeoutMs: TIMEOUT_MS });
    answer = /** @type {{ error?: string, stock?: number }} */ (reply.json());
  } catch (problem) {
    const { outcome } = /** @type {{ outcome?: string }} */ (problem);
    if (outcome === "timedOut") {
      return { error: `C did not answer within ${TIMEOUT_MS} ms`, service: "c", why: "timeout" };
    }
    if (outcome === "noResponders") return { error: "C is not running", service: "c", why: "unavailable" };
    return { error: `C cannot be asked: ${String(problem)}`, service: "c", why: "error" };
  }
  // An error reply is a reply: nothing was thrown, so it has to be looked for.
  if (answer.error) return { error: answer.error, service: "c", why: "error" };
  return { item, price: PRICES[String(item)] ?? null, stock: answer.stock };
}
