/**
 * The first place from `low` on, and before `high`, of which `isThere` holds; `high` where it holds of none. Once it holds of a place it
 * has to hold of all behind it.
 */
export function firstPlace(low: number, high: number, isThere: (place: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isThere(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
