import { createStore } from "zustand/vanilla";

export interface Notice {
  readonly id: number;
  readonly tone: "neutral" | "bad";
  readonly words: string;
  readonly action: { readonly label: string; run(): void } | null;
}

export const noticesStore = createStore<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }));

let last = 0;
const KEPT = 4;

/** Says something that happened, with one thing that can be done about it. The oldest give way. */
export function notify(tone: Notice["tone"], words: string, action: Notice["action"] = null): void {
  const notice: Notice = { id: ++last, tone, words, action };
  noticesStore.setState(({ notices }) => {
    const others = notices.filter((other) => other.words !== words);
    return { notices: [...others, notice].slice(-KEPT) };
  });
}

export function dismiss(id: number): void {
  noticesStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}
