// Says that it is up, since when, and how often it was asked.

/** @type {import("./interface.ts").Handler} */
export default function health(_request, { name, state }) {
  const since = Number((state["since"] ??= Date.now()));
  const pings = (state["pings"] = Number(state["pings"] ?? 0) + 1);
  // A reply shows that the whole way works: connection, subscription, handler. That is more than an open port shows.
  return { service: name, status: "up", pings, up_for_ms: Date.now() - since };
}
