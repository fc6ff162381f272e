// Checks a user's name and password and hands out a token for them.

/** Users of a demonstration. A real service keeps no password that it could read. */
const PASSWORDS = new Map([
  ["admin", "password123"],
  ["user1", "secret"],
]);

/** @type {import("./interface.ts").Handler} */
export default function logIn(request) {
  const { username, password } = /** @type {Record<string, unknown>} */ (request.json());
  const known =
    typeof username === "string" && PASSWORDS.get(username) === password && password !== undefined;

  // The same words whether the name or the password is wrong: else anybody could find out which names there are.
  if (!known) return { authenticated: false, error: "Invalid credentials", status: "unauthorized" };
  return { authenticated: true, username, token: `${username}.${sealOf(username)}`, status: "success" };
}

/**
 * What makes a token this service's own. It depends on the name alone, so that any member of the queue group can check a
 * token that another member handed out. A toy: a real one signs with a secret key and lets tokens expire.
 */
function sealOf(/** @type {string} */ text) {
  let hash = 2166136261;
  for (const character of `roundtrip:${text}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
