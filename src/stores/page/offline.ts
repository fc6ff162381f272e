/**
 * Keeps the page for when there is no network. Only for one that came from a static host: where a server of its own serves it, a kept
 * page would outlive that, and stand in the way of another one on the same port.
 */
export function keepForOffline(): void {
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  // Without it everything works as long as there is a network.
  navigator.serviceWorker.register("./sw.js").catch(() => {});
}
