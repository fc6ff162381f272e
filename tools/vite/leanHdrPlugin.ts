import type { Plugin } from "vite";

/** hdr-histogram-js chooses at run time how wide its counts are, so no bundler can leave the other widths out. Here it is always 32 bits. */
export const leanHdrPlugin = (): Plugin => ({
  name: "lean-hdr",
  apply: "build",
  load: {
    filter: { id: /hdr-histogram-js[\\/]dist[\\/](Packed|Int8|Int16|Float64)Histogram\.js$/ },
    handler: () => ({ code: "exports.default = undefined;", map: null }),
  },
});
