// Sends every request back as it came.

/** @type {import("./interface.ts").Handler} */
export default function echo(request) {
  // Text goes out as it is; anything else that a handler returns goes out as JSON.
  return request.text;
}
