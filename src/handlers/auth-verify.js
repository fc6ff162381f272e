// Tells other services whether a token is valid, and whose it is.

/** @type {import("./interface.ts").Handler} */
export default function verifyToken(request) {
  const { token } = /** @type {Record<string, unknown>} */ (request.json());
  if (typeof token !== "string") return { valid: false, reason: "There is no token", status: "success" };

  const [username = "", seal] = token.split(".");
  // An invalid token is no error of this service: it was asked a question, and this is the answer.
  if (seal !== sealOf(username)) return { valid: false, reason: "The token is not ours", status: "success" };
  return { valid: true, username, status: "success" };
}

/** The same as where tokens are made. */
function sealOf(/** @type {string} */ text) {
  let hash = 2166136261;
  for (const character of `roundtrip:${text}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  }
  return hash.toString(16).padStart(8, "0");
}
