import type { LoadPlan, RequesterSetup, ResponderSetup } from "../domain/setup/setup.ts";

/**
 * What “Do it for me” does, as data: each is something that a person could do by hand. Peers are named; one that was removed is
 * put up again from the lesson's scenario.
 */
export type LessonAction =
  /** All at once, as `Send 10 at once` does. */
  | { readonly do: "send"; readonly requester: string; readonly count: number }
  | { readonly do: "editRequester"; readonly requester: string; readonly setup: Partial<RequesterSetup> }
  | { readonly do: "addRequester"; readonly setup: Partial<RequesterSetup> & { readonly name: string } }
  | { readonly do: "editResponder"; readonly responder: string; readonly setup: Partial<ResponderSetup> }
  | { readonly do: "addResponder"; readonly setup: Partial<ResponderSetup> & { readonly name: string } }
  | { readonly do: ResponderAction; readonly responder: string }
  | { readonly do: "startLoad"; readonly requester: string; readonly plan: LoadPlan }
  | { readonly do: "stopLoad"; readonly requester: string }
  | { readonly do: "server"; readonly action: "start" | "stop" | "kill" }
  /** Opens a tab of the Results, by its name. */
  | { readonly do: "openTab"; readonly tab: string }
  /** Selects a peer by name, the server, the newest exchange, or the newest on a subject: `newest user.get`. */
  | { readonly do: "select"; readonly what: string | "server" | "newest exchange" }
  /** Empties the record, as `Reset` in the Results does. */
  | { readonly do: "reset" }
  /** Runs the comparison with HTTP, so many requests each way, to its end. */
  | { readonly do: "compare"; readonly rounds: number }
  | { readonly do: "runCases"; readonly set: string }
  | { readonly do: "wait"; readonly ms: number }
  /** Waits for the page: no call in flight, or every connection up. Goes on after 20 s in any case. */
  | { readonly do: "until"; readonly what: "settled" | "connected" };

export type ResponderAction = "kill" | "freeze" | "thaw" | "drain" | "start" | "remove";
