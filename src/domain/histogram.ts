import imported from "hdr-histogram-js/dist/Int32Histogram.js";

// The package is CommonJS compiled from TypeScript: Node and bundlers that follow it hand over the module's exports,
// others the class that its types promise.
const exports: { readonly default?: typeof imported } = imported as object;

export const Int32Histogram = exports.default ?? imported;
export type Int32Histogram = InstanceType<typeof imported>;
