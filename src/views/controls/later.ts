import { lazy, type ComponentType, type LazyExoticComponent } from "react";

const parts = new Set<() => Promise<unknown>>();

/**
 * A part of the page that the first reply does not need. It is fetched when it is first shown, or before that, once the page has
 * nothing better to do: `fetchParts`.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  parts.add(load);
  return lazy(async () => ({ default: await load() }));
}

/** Fetches every part now, so that none keeps a person waiting. One that cannot be fetched is asked for again when it is shown. */
export async function fetchParts(): Promise<void> {
  for (const load of parts) await load().catch(() => {});
}
