// Sends every request back as it came.

/** @type {import("./interface.ts").Handler} */
export default function echo(request) {
  // Bytes and text go out as they are; anything else that a handler returns goes out as JSON.
  return request.data;
}
