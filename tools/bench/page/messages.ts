/** What crosses between the bare page and its workers. */
export type ResponderOrder = { readonly url: string; readonly subject: string; readonly queue: string };

export type RequesterOrder =
  | { readonly type: "connect"; readonly url: string; readonly subject: string }
  | {
      readonly type: "loop";
      readonly inFlight: number;
      readonly durationMs: number;
      readonly timed: boolean;
    };

export type WorkerAnswer =
  { readonly type: "ready" } | { readonly type: "looped"; readonly result: LoopResult };

export interface LoopResult {
  readonly replied: number;
  readonly failed: number;
  /** Of each request, in ms; empty unless the loop was timed. */
  readonly latenciesMs: readonly number[];
}

/** What the bare page offers to the program that drives it. */
export interface Bare {
  /** Puts up so many responders, each in a worker with a connection of its own. Gives the ms until all can be asked. */
  respond(url: string, count: number): Promise<number>;
  /** Puts up the requester. */
  connect(url: string): Promise<void>;
  loop(inFlight: number, durationMs: number, timed: boolean): Promise<LoopResult>;
  /** One small dot moves from now on. */
  moveDot(): void;
}

declare global {
  var bare: Bare;
}
