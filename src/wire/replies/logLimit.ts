/** So many lines at once, and so many a second after that. */
const BURST = 200;
const PER_SECOND = 100;

/**
 * Lets the lines of one responder's log through as far as a person could ever read them, and says how many it left out. A handler
 * that logs in a loop must not push everything else out of the record.
 */
export function createLogLimit(
  write: (line: string, exchange: number) => void,
  clock: () => number,
): (line: string, exchange: number) => void {
  let room = BURST;
  let at = clock();
  let leftOut = 0;

  function tellLeftOut(): void {
    write(
      `… ${leftOut} more ${leftOut === 1 ? "line" : "lines"} left out: only ${PER_SECOND} a second are kept.`,
      0,
    );
    leftOut = 0;
  }

  return (line, exchange) => {
    const now = clock();
    room = Math.min(BURST, room + ((now - at) * PER_SECOND) / 1000);
    at = now;
    if (room >= 1) {
      room--;
      write(line, exchange);
      return;
    }
    if (leftOut++ === 0) setTimeout(tellLeftOut, 1000);
  };
}
