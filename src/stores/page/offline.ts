import { notify } from "./noticesStore.ts";

/**
 * Keeps the page for when there is no network. Only for one that came from a static host: where a server of its own serves it, a kept
 * page would outlive that, and stand in the way of another one on the same port. A newer version that was fetched meanwhile waits until
 * the page is opened anew by it: reloading alone gives the old one again, so it is offered.
 */
export function keepForOffline(): void {
  if (import.meta.env.DEV || !("serviceWorker" in navigator)) return;
  // Without it everything works as long as there is a network.
  void keep().catch(() => {});
}

async function keep(): Promise<void> {
  const registration = await navigator.serviceWorker.register("./sw.js");
  const look = (): void => {
    // The first one of all waits for nobody.
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  };
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  // A part that is not to be had any more may have gone with a newer version.
  window.addEventListener("vite:preloadError", () => void registration.update().catch(() => {}));
}

function offer(waiting: ServiceWorker): void {
  notify("offer", "A new version of Roundtrip is ready.", {
    label: "Reload",
    run() {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ type: "SKIP_WAITING" });
    },
  });
}
