import type { Instant } from "../base/instant.ts";

/** What was computed before, and up to when it has been shown: that stays as it was. */
export interface ShownBefore {
  readonly times: ReadonlyMap<string, Instant>;
  /** The display time up to which the times were shown. What is known only now begins to travel no earlier. */
  readonly until: Instant;
}

/** How far behind what happened the screen may be, in ms. Hops get shorter as it gets near. */
export const MOST_BEHIND_MS = 10_000;
/** So many hops of full length may still follow before they do. */
const HOPS_IN_RESERVE = 8;

/** How long a hop takes that begins so much later than what it shows happened. */
export const hopLength = (hopMs: number, behindMs: number): number =>
  Math.max(0, Math.min(hopMs, (MOST_BEHIND_MS - behindMs) / HOPS_IN_RESERVE));

/** What has to have been shown for so long, in ms and in hops. */
interface Cause {
  readonly moment: number;
  readonly gapMs: number;
  readonly hops: number;
  /** False for what only happened before, which leads to nothing: news of it does not change what was shown. */
  readonly leads: boolean;
}

/** Instants of our days are exact to less than this. */
const ROUNDING_MS = 2 ** -10;
const NONE = -1;

/**
 * The moments of a call tree, each with its causes, and their display times: a moment is shown when it happened, or when all its causes
 * have been shown for as long as they must, whichever is later. That is the longest path through its causes.
 */
export class Moments {
  readonly #hopMs: number;
  readonly #before: ShownBefore | null;
  readonly #ids: string[] = [];
  readonly #at: Instant[] = [];
  readonly #causes: Cause[][] = [];
  /** For the end of a hop, its beginning. */
  readonly #begins: number[] = [];
  readonly #isBeginning: boolean[] = [];
  readonly #times: Instant[] = [];
  readonly #kept: boolean[] = [];
  /** In this order causes come before their effects. */
  readonly #order: number[] = [];

  constructor(hopMs: number, before: ShownBefore | null) {
    this.#hopMs = hopMs;
    this.#before = before;
  }

  /** Something that is shown at `at` at the earliest: `Infinity` while it is not known when. Gives its number. */
  add(id: string, at: Instant): number {
    this.#at.push(at);
    this.#causes.push([]);
    this.#begins.push(NONE);
    this.#isBeginning.push(false);
    return this.#ids.push(id) - 1;
  }

  /** A message sets out: what is seen to begin, and never in the middle. */
  begin(id: string, at: Instant): number {
    const moment = this.add(id, at);
    this.#isBeginning[moment] = true;
    return moment;
  }

  /** It arrives, a hop after it set out. */
  end(id: string, begin: number, at: Instant): number {
    const moment = this.add(id, at);
    this.#begins[moment] = begin;
    this.#causes[moment]!.push({ moment: begin, gapMs: 0, hops: 1, leads: true });
    return moment;
  }

  /** `moment` is shown no sooner than so long after its cause. */
  after(moment: number, cause: number, gapMs = 0): void {
    if (moment !== cause) this.#causes[moment]!.push({ moment: cause, gapMs, hops: 0, leads: true });
  }

  /** The same for what happened before and is no cause; `hops` is a part of a hop. */
  follow(moment: number, before: number, hops = 0): void {
    if (moment !== before) this.#causes[moment]!.push({ moment: before, gapMs: 0, hops, leads: false });
  }

  /** The display time of every moment, by its number; `Infinity` for what cannot be shown yet. */
  times(): readonly Instant[] {
    for (let moment = 0; moment < this.#ids.length; moment++) this.#timeOf(moment);
    this.#bringForward();
    return this.#times;
  }

  /** The same by id, for next time. */
  byId(): ReadonlyMap<string, Instant> {
    return new Map(this.#ids.map((id, moment) => [id, this.#times[moment]!]));
  }

  #timeOf(moment: number): Instant {
    const known = this.#times[moment];
    if (known !== undefined) return known;
    // Against what contradicts itself: nothing is its own cause.
    this.#times[moment] = -Infinity;
    this.#kept[moment] = false;
    let time = this.#at[moment]!;
    // To scale what is known to have happened is shown then, whatever clocks of different workers say of its causes.
    const isExact = this.#hopMs === 0 && Number.isFinite(time);
    for (const cause of isExact ? [] : this.#causes[moment]!) {
      const caused = this.#timeOf(cause.moment);
      time = Math.max(time, caused + this.#gap(caused, cause, moment));
    }
    const before = this.#before?.times.get(this.#ids[moment]!);
    if (this.#before !== null && before !== undefined && this.#isShown(moment, before, this.#before.until)) {
      time = before;
      this.#kept[moment] = true;
    } else if (this.#before !== null && this.#isBeginning[moment]) {
      time = Math.max(time, this.#before.until);
    }
    this.#times[moment] = time;
    this.#order.push(moment);
    return time;
  }

  /** A message that has set out arrives when it was going to. */
  #isShown(moment: number, before: Instant, until: Instant): boolean {
    const begin = this.#begins[moment]!;
    return before <= until || (begin !== NONE && this.#kept[begin]! && before < Infinity);
  }

  #gap(caused: Instant, { gapMs, hops }: Cause, moment: number): number {
    if (hops === 0 || caused === Infinity) return gapMs;
    const happened = Math.max(this.#at[moment]!, this.#at[this.#begins[moment]!] ?? -Infinity);
    return gapMs + hops * hopLength(this.#hopMs, happened === -Infinity ? 0 : caused - happened);
  }

  /** News of a cause that comes when its effect has been shown already: the cause is told before it, and not seen any more. */
  #bringForward(): void {
    if (this.#before === null) return;
    for (let place = this.#order.length - 1; place >= 0; place--) {
      const moment = this.#order[place]!;
      const time = this.#times[moment]!;
      if (time === Infinity) continue;
      for (const cause of this.#causes[moment]!) {
        if (!cause.leads || this.#kept[cause.moment]) continue;
        const caused = this.#times[cause.moment]!;
        if (caused + this.#gap(caused, cause, moment) <= time + ROUNDING_MS) continue;
        this.#times[cause.moment] = time - cause.gapMs - cause.hops * this.#hopMs;
      }
    }
  }
}
