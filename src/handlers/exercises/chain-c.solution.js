// Service C. For { item } it gives { item, stock }.

/** @type {Record<string, number>} */
const STOCK = { tea: 12, coffee: 0 };

/** @type {import("../interface.ts").Handler} */
export default function serviceC(request) {
  const { item } = /** @type {Record<string, unknown>} */ (request.json());
  if (typeof item !== "string" || !Object.hasOwn(STOCK, item)) {
    return { error: `There is no item ${JSON.stringify(item)}`, service: "c", why: "error" };
  }
  return { item, stock: STOCK[item] };
}
