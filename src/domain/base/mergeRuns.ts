import { firstPlace } from "./binarySearch.ts";

/**
 * The numbers 0 to `count` − 1 in an order, made for what is nearly in order already: rows that came in runs, each sorted and
 * overlapping its neighbours a little. Stable. `before(a, b)` is true when b has to stand before a.
 */
export function mergedRuns(count: number, before: (a: number, b: number) => boolean): Uint32Array {
  let from = new Uint32Array(count);
  let to = new Uint32Array(count);
  let bounds: number[] = [0];
  for (let index = 0; index < count; index++) {
    from[index] = index;
    if (index > 0 && before(index - 1, index)) bounds.push(index);
  }
  bounds.push(count);
  while (bounds.length > 2) {
    const merged: number[] = [];
    for (let run = 0; run < bounds.length - 1; run += 2) {
      const low = bounds[run]!;
      merged.push(low);
      merge(from, to, low, bounds[run + 1]!, bounds[run + 2] ?? bounds[run + 1]!, before);
    }
    merged.push(count);
    bounds = merged;
    [from, to] = [to, from];
  }
  return from;
}

/** Merges [low, middle) and [middle, high) of `from` into `to`. */
function merge(
  from: Uint32Array,
  to: Uint32Array,
  low: number,
  middle: number,
  high: number,
  before: (a: number, b: number) => boolean,
): void {
  // What lies before all of the other run, or behind it, is copied in one piece: mostly that is nearly everything.
  const left =
    middle === high ? middle : firstPlace(low, middle, (place) => before(from[place]!, from[middle]!));
  to.set(from.subarray(low, left), low);
  let a = left;
  let b = middle;
  let out = left;
  while (a < middle && b < high) to[out++] = before(from[a]!, from[b]!) ? from[b++]! : from[a++]!;
  to.set(from.subarray(a, middle), out);
  to.set(from.subarray(b, high), out + middle - a);
}
