// Service B. For { item } it gives { item, price, stock }: the price it knows, the stock it asks of service C.

/** Prices of tea and coffee. */
const PRICES = { tea: 4.5, coffee: 6.2 };

/** @type {import("../interface.ts").Handler} */
export default async function serviceB(request, { ask }) {
  // Ask "chain.c" for the stock, and wait for less time than A waits for you.
  return {};
}
