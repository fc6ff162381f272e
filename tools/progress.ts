/** Tells the person at the terminal one line. */
export type Say = (line: string) => void;

const FIRST_MS = 1000;
const MOST_MS = 20_000;

/**
 * Runs something that may take a while. Nothing is said about what ends within two seconds; from then on its name, and now
 * and then, ever more rarely, how long it has been at it, with what `detail` has to add.
 */
export async function withProgress<T>(
  say: Say,
  what: string,
  work: (detail: (words: string) => void) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now();
  let detail = "";
  let said = false;
  const tell = (): void => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    say(said ? `  ${what} … ${seconds} s${detail && `, ${detail}`}` : `${what} …`);
    said = true;
  };
  let waitMs = FIRST_MS;
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(() => {
      tell();
      waitMs = Math.min(waitMs * 2, MOST_MS);
      wait();
    }, waitMs);
  };
  wait();
  try {
    return await work((words) => (detail = words));
  } finally {
    clearTimeout(timer);
  }
}
