// Looks a user up by user_id and finds one for every id.

/** @type {import("./interface.ts").Handler} */
export default function lookUpUser(request) {
  // Invalid JSON throws here. Roundtrip catches it and answers with an error, so the requester does not wait for its timeout.
  const { user_id = null } = /** @type {{ user_id?: unknown }} */ (request.json());

  // There is no database: the responder's Delay stands for the time that a real lookup takes.
  return {
    user_id,
    name: `User ${user_id}`,
    email: `user${user_id}@example.com`,
    status: "active",
  };
}
