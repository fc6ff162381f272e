let held: Promise<string | null> | null = null;

/**
 * A Web Lock that this worker holds until it is gone, in whatever way, so that others can notice. Resolves with its name once it is
 * held, with null where there are no locks: a page that came over plain http from another machine has none.
 */
export function livenessLock(): Promise<string | null> {
  held ??= hold();
  return held;
}

function hold(): Promise<string | null> {
  if (!("locks" in navigator)) return Promise.resolve(null);
  const name = `roundtrip-liveness-${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    navigator.locks
      .request(name, () => {
        resolve(name);
        return new Promise(() => {}); // for as long as the worker lives
      })
      .catch(() => resolve(null));
  });
}
