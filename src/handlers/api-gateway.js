// Takes every request to api.> and passes it on to the service behind it: one door for all.

/** Which service is behind which name. Its requesters need to know nothing of this. */
const ROUTES = new Map([
  ["api.users.get", "user.get"],
  ["api.cache.get", "cache.get"],
  ["api.db.query", "db.query"],
]);

const TIMEOUT_MS = 1000;

/** @type {import("./interface.ts").Handler} */
export default async function passOn(request, { ask }) {
  const subject = ROUTES.get(request.subject);
  if (subject === undefined) return { error: `There is no ${request.subject}`, status: "not_found" };

  try {
    // As it came and as it goes back: an error of the service behind is its own to word.
    const reply = await ask(subject, request.data, { timeoutMs: TIMEOUT_MS });
    return reply.data;
  } catch (problem) {
    const { outcome } = /** @type {{ outcome?: string }} */ (problem);
    if (outcome === "noResponders") {
      return { error: `Nothing serves ${subject}`, status: "unavailable" };
    }
    if (outcome === "timedOut") {
      return { error: `${subject} did not answer within ${TIMEOUT_MS} ms`, status: "timeout" };
    }
    throw problem;
  }
}
