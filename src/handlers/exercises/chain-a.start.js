// Service A. For { item } it gives { item, price, stock }, which it asks of service B.

/** @type {import("../interface.ts").Handler} */
export default async function serviceA(request, { ask }) {
  // await ask("chain.b", { item }, { timeoutMs: … }) gives B's reply: reply.json() reads it.
  // Where there is none, ask throws an error whose outcome is "timedOut" or "noResponders".
  // Whatever fails, return { error: "…", service: "a", "b" or "c", why: "timeout", "unavailable" or "error" }.
  return {};
}
