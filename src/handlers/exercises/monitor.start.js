// Pings services and reports which are up, slow or down. For { services: ["users", …] } it gives { users: "up", … }.

/** @type {import("../interface.ts").Handler} */
export default async function report(request, { ask }) {
  // Service "users" answers on service.health.users. Up: it replies within 400 ms. Slow: within 1,500 ms. Down: not at all.
  // Ping all of them at the same time, or the slow ones make the report slow: Promise.all helps.
  return {};
}
