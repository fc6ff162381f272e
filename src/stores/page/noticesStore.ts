import { createStore } from "zustand/vanilla";

export interface Notice {
  readonly id: number;
  /** `refused`: what was asked for just now cannot be done as it stands. `bad`: something broke by itself; a person may be elsewhere. `offer`: nothing happened, and there is
   * something to be had. These two stay until they are dismissed. */
  readonly tone: "neutral" | "refused" | "bad" | "offer";
  readonly words: string;
  readonly action: { readonly label: string; run(): void } | null;
}

export const noticesStore = createStore<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let last = 0;
const KEPT = 4;

/** Says something that happened, with one thing that can be done about it. The oldest are dropped. Answers what `dismiss` takes. */
export function notify(tone: Notice["tone"], words: string, action: Notice["action"] = null): number {
  const notice: Notice = { id: ++last, tone, words, action };
  noticesStore.setState(({ notices }) => {
    const others = notices.filter((other) => other.words !== words);
    return { notices: [...others, notice].slice(-KEPT) };
  });
  return notice.id;
}

export function dismiss(id: number): void {
  noticesStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
