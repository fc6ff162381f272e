/** How finely a clock tells the time, in ms: the least by which it was seen to move. `now` is asked until it has moved so often. */
export function clockStep(now: () => number): number {
  let least = Infinity;
  let before = now();
  for (let moved = 0, asked = 0; moved < MOVES && asked < MOST_ASKED; asked++) {
    const at = now();
    if (at <= before) continue;
    // A difference of two numbers of such size has noise behind its tenth digit.
    least = Math.min(least, at - before);
    before = at;
    moved++;
  }
  return least;
}

const MOVES = 20;
const MOST_ASKED = 2_000_000;
