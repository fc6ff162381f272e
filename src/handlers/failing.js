// Fails every time, as a service does whose database is down.

/** @type {import("./interface.ts").Handler} */
export default function fail() {
  // A throw ends nothing but this request: it is answered with an error, and the next request is handled as usual.
  throw new Error("The database cannot be reached");
}
