// Pings services and reports which are up, slow or down. For { services: ["users", …] } it gives { users: "up", … }.

/** A reply that takes longer is slow. */
const SLOW_MS = 400;
/** Nobody waits longer for a reply. */
const TIMEOUT_MS = 1500;

/** @type {import("../interface.ts").Handler} */
export default async function report(request, { ask, log }) {
  const { services } = /** @type {{ services?: unknown }} */ (request.json());
  if (!Array.isArray(services)) return { error: "Say which services, as a list" };

  // All at the same time: the report takes as long as the slowest of them, not as long as all together.
  const names = services.map(String);
  const found = await Promise.all(names.map(ping));
  return Object.fromEntries(names.map((name, at) => [name, found[at]]));

  async function ping(/** @type {string} */ name) {
    const began = Date.now();
    try {
      const reply = await ask(`service.health.${name}`, {}, { timeoutMs: TIMEOUT_MS });
      const { error } = /** @type {{ error?: unknown }} */ (reply.json());
      if (error) return "down";
      return Date.now() - began > SLOW_MS ? "slow" : "up";
    } catch (problem) {
      // Nobody there, or nobody in time. To those who need the service it is the same.
      log(`${name} is down: ${String(problem)}`);
      return "down";
    }
  }
}
