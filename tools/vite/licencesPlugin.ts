import type { Plugin } from "vite";
import { ROOT } from "../paths.ts";
import { licenceFile, moduleOf, packagesOf } from "../licences.ts";

const LICENCES = "licenses.txt";

/** What the builder puts in from itself, which no module shows. */
const BUILDER = ["rolldown", "vite"];
/** What the maker of the service worker puts in. */
export const SERVICE_WORKER = ["workbox-core", "workbox-precaching", "workbox-routing", "workbox-strategies"];

const HEAD = `What is here contains the packages below, under these licences. Roundtrip itself: Apache-2.0.
A nats-server for the browser, where there is one, has those of its own modules in embedded/licenses.txt.`;

/**
 * Writes the licences of all that the build contains, the workers and the fonts included: one plugin for the page, one for its workers.
 * `more` are packages that it contains besides.
 */
export function licencesPlugins(more: readonly string[]): {
  readonly page: Plugin;
  readonly worker: () => Plugin;
} {
  const modules = new Set([...BUILDER, ...more].map((name) => moduleOf(ROOT, name)));
  const collect = (
    bundle: Readonly<Record<string, { readonly type: string; readonly moduleIds?: string[] }>>,
  ): void => {
    for (const { moduleIds = [] } of Object.values(bundle)) for (const id of moduleIds) modules.add(id);
  };
  // What only styles and fonts come from is in no chunk.
  const moduleParsed = ({ id }: { readonly id: string }): void => {
    if (/\.css(\?|$)/.test(id)) modules.add(id);
  };
  return {
    page: {
      name: "roundtrip-licences",
      apply: "build",
      moduleParsed,
      generateBundle(_options, bundle) {
        collect(bundle);
        this.emitFile({ type: "asset", fileName: LICENCES, source: licenceFile(HEAD, packagesOf(modules)) });
      },
    },
    worker: () => ({
      name: "roundtrip-licences-of-workers",
      apply: "build",
      generateBundle: (_options, bundle) => collect(bundle),
    }),
  };
}
