// Looks a user up, but first checks the request, and says what is wrong with it.

/** Ids above this one belong to nobody. */
const LAST_USER = 1000;

/** @type {import("./interface.ts").Handler} */
export default function lookUpCheckedUser(request) {
  try {
    const wanted = /** @type {object} */ (request.json());

    // A reply that says what is wrong helps more than silence: with no reply the requester learns only that time is up.
    if (!("user_id" in wanted)) {
      return { error: "Missing required field: user_id", status: "error" };
    }
    const id = wanted.user_id;
    if (typeof id !== "number" || !Number.isInteger(id) || id <= 0) {
      return { error: "Invalid user_id: must be positive integer", status: "error" };
    }

    // Nothing is wrong with this request, so it has a status of its own: a program can tell the two apart.
    if (id > LAST_USER) {
      return { error: `User ${id} not found`, status: "not_found" };
    }
    return {
      user_id: id,
      name: `User ${id}`,
      email: `user${id}@example.com`,
      status: "success",
    };
  } catch (problem) {
    if (problem instanceof SyntaxError) {
      return { error: "Invalid JSON in request", status: "error" };
    }
    // Whatever else goes wrong is answered too. Send `5`, which is JSON but no object, to see it.
    const why = problem instanceof Error ? problem.message : String(problem);
    return { error: `Internal server error: ${why}`, status: "error" };
  }
}
