// Answers queries on two small tables, so that nobody else needs to know the database.

/** @type {Record<string, Record<string, unknown>[]>} */
const TABLES = {
  users: [
    { id: 1, name: "Ada", city: "London" },
    { id: 2, name: "Grace", city: "New York" },
    { id: 3, name: "Linus", city: "Helsinki" },
  ],
  orders: [
    { id: 1, user_id: 1, item: "tea", price: 4.5 },
    { id: 2, user_id: 1, item: "paper", price: 3 },
    { id: 3, user_id: 3, item: "coffee", price: 6.2 },
  ],
};

/**
 * `{ "table": "orders", "where": { "user_id": 1 } }`. A query in parts, not a line of SQL: nobody can slip in a second one.
 *
 * @type {import("./interface.ts").Handler}
 */
export default function query(request) {
  const { table, where = {} } = /** @type {{ table?: unknown, where?: object }} */ (request.json());
  if (typeof table !== "string" || !Object.hasOwn(TABLES, table)) {
    return { error: `There is no table ${JSON.stringify(table)}`, status: "error" };
  }
  const wanted = Object.entries(where ?? {});
  const rows = (TABLES[table] ?? []).filter((row) => wanted.every(([name, value]) => row[name] === value));
  return { rows, count: rows.length, status: "success" };
}
