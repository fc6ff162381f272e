// Books a payment each time it is asked to, also when a retry asks a second time for the same one.

/** @type {import("./interface.ts").Handler} */
export default function pay(request, { state, log }) {
  const { amount } = /** @type {{ amount?: unknown }} */ (request.json());
  if (typeof amount !== "number" || !(amount > 0)) {
    return { error: "Invalid amount: must be a positive number", status: "error" };
  }
  const booked = (state["booked"] = Number(state["booked"] ?? 0) + 1);
  const total = (state["total"] = Number(state["total"] ?? 0) + amount);
  log(`booked ${amount}: ${booked} payments, ${total} in all`);
  return { booked, total, status: "success" };
}
