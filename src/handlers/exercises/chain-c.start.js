// Service C. For { item } it gives { item, stock }.

/** So many are in stock. Nothing else is for sale. */
const STOCK = { tea: 12, coffee: 0 };

/** @type {import("../interface.ts").Handler} */
export default function serviceC(request) {
  return {};
}
