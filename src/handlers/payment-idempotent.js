// Books a payment once however often it is asked to: a retry gets the reply of the first time.

/** How many calls it remembers: enough for every retry that may still come, and no more. */
const REMEMBERED = 1000;

/**
 * The requester names each call in a header, the same for all attempts of the call. Members of a queue group would have to
 * share what they remember, as through a database: a retry may reach another of them.
 *
 * @type {import("./interface.ts").Handler}
 */
export default function payOnce(request, { state, log }) {
  const call = request.headers["Idempotency-Key"];
  if (call === undefined) return { error: "Missing header: Idempotency-Key", status: "error" };

  const replies = /** @type {Map<string, object>} */ (state["replies"] ??= new Map());
  const before = replies.get(call);
  if (before !== undefined) {
    log(`call ${call} again: not booked a second time`);
    return { ...before, repeated: true };
  }

  const { amount } = /** @type {{ amount?: unknown }} */ (request.json());
  if (typeof amount !== "number" || !(amount > 0)) {
    return { error: "Invalid amount: must be a positive number", status: "error" };
  }
  const booked = (state["booked"] = Number(state["booked"] ?? 0) + 1);
  const total = (state["total"] = Number(state["total"] ?? 0) + amount);
  const reply = { booked, total, status: "success" };
  replies.set(call, reply);
  const [oldest] = replies.keys();
  if (replies.size > REMEMBERED && oldest !== undefined) replies.delete(oldest);
  log(`booked ${amount}: ${booked} payments, ${total} in all`);
  return reply;
}
