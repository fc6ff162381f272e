// Looks a user up for those who bring a valid token: asks auth.verify before it answers.

/** Less than its own requester waits, so that there is time left to say what went wrong. */
const AUTH_TIMEOUT_MS = 1000;

/** @type {import("./interface.ts").Handler} */
export default async function lookUpForToken(request, { ask }) {
  const { token, user_id } = /** @type {Record<string, unknown>} */ (request.json());

  let verdict;
  try {
    const reply = await ask("auth.verify", { token }, { timeoutMs: AUTH_TIMEOUT_MS });
    verdict = /** @type {Record<string, unknown>} */ (reply.json());
  } catch (problem) {
    return { error: `Auth service unavailable: ${wordsOf(problem)}`, status: "unavailable" };
  }
  // An error reply is a reply too: nothing was thrown, and still nobody vouched for the token.
  if (verdict["error"]) return { error: `Auth service failed: ${verdict["error"]}`, status: "unavailable" };
  if (verdict["valid"] !== true) return { error: "Unauthorized", status: "unauthorized" };

  return {
    user_id,
    name: `User ${user_id}`,
    email: `user${user_id}@example.com`,
    asked_by: verdict["username"],
    status: "success",
  };
}

/** `outcome` says why there is no reply: nobody there and nobody in time are different news. */
function wordsOf(/** @type {unknown} */ problem) {
  const { outcome } = /** @type {{ outcome?: string }} */ (problem);
  if (outcome === "noResponders") return "it is not running";
  if (outcome === "timedOut") return `it did not answer within ${AUTH_TIMEOUT_MS} ms`;
  return String(problem);
}
