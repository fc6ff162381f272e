/** Tells the person at the terminal one line. */
export type Say = (line: string) => void;

const EVERY_MS = 3000;

/**
 * Runs something that may take a while. Nothing is said about what ends within two seconds; from then on its name, and every
 * few seconds how long it has been at it, with what `detail` has to add.
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
  let repeat: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    tell();
    repeat = setInterval(tell, EVERY_MS);
  }, 1000);
  try {
    return await work((words) => (detail = words));
  } finally {
    clearTimeout(first);
    clearInterval(repeat);
  }
}
