import { chosenPeer, press, PRESS_MS, type Action } from "../action.ts";
import { oneOf } from "../plan.ts";

const MOST_REQUESTERS = 4;
const POLICIES = [
  "fixed timeout",
  "retry",
  "retry, then fallback",
  "circuit breaker",
  "scatter-gather",
  "combined",
] as const;
/** Loads whose rate is not constant, by the fields that they have besides. */
const SCHEDULES: Readonly<Record<string, (perSecond: string) => Record<string, string>>> = {
  Poisson: () => ({}),
  ramp: (perSecond) => ({ "Rate at the end": perSecond }),
  spike: (perSecond) => ({ "Rate of the spike": perSecond, "Spike after": "1", "Spike for": "2" }),
};
/** It is never removed: loads are its own. */
export const FIRST = "client-1";

export const REQUESTER_ACTIONS: readonly Action[] = [
  {
    name: "send",
    weight: 6,
    async do(context) {
      const [howMany, which] = context.numbers;
      const count = 2 + Math.floor(howMany * 200);
      const name = await chosenPeer(context, "requesters", which);
      if (name === undefined) return null;
      await context.playground.send(count, name);
      return `${count} at once from ${name}`;
    },
  },
  {
    name: "add requester",
    weight: 1,
    async do({ playground }) {
      const count = await playground.requesters.getByRole("button", { name: "Remove", exact: true }).count();
      if (count >= MOST_REQUESTERS) return null;
      await playground.requesters.getByRole("button", { name: "Add requester" }).click();
      return `to ${count}`;
    },
  },
  {
    name: "remove requester",
    weight: 1,
    async do(context) {
      const name = await chosenPeer(context, "requesters", context.numbers[0], "Remove");
      if (name === undefined || name === FIRST) return null;
      await context.playground
        .requester(name)
        .getByRole("button", { name: "Remove", exact: true })
        .click({ timeout: PRESS_MS });
      return name;
    },
  },
  {
    name: "change the policy",
    weight: 3,
    async do(context) {
      const [which, what] = context.numbers;
      const [name, label] = [await chosenPeer(context, "requesters", which), oneOf(POLICIES, what)];
      if (name === undefined || label === undefined) return null;
      const requester = await context.playground.openRequester(name);
      await requester.getByLabel("Policy", { exact: true }).selectOption({ label }, { timeout: PRESS_MS });
      return `${name}: ${label}`;
    },
  },
  {
    name: "change the timeout",
    weight: 1,
    async do(context) {
      const [howLong, which] = context.numbers;
      const timeoutMs = 50 + Math.floor(howLong * 1000);
      const name = await chosenPeer(context, "requesters", which);
      if (name === undefined) return null;
      const requester = await context.playground.openRequester(name);
      // A gathering waits as long as its policy says.
      if (await requester.getByLabel("Timeout", { exact: true }).isDisabled()) return null;
      await context.playground.setTimeoutMs(timeoutMs, name);
      return `${name}: ${timeoutMs} ms`;
    },
  },
  {
    name: "start load",
    weight: 5,
    async do({ playground, numbers: [mode, pace, look] }) {
      const requester = await playground.openRequester(FIRST);
      const button = requester.getByRole("button", { name: "Start load", disabled: false });
      if (!(await button.isVisible())) return null;
      const inFlight = String(1 + Math.floor(pace * 64));
      const perSecond = String(10 + Math.floor(pace * 500));
      const keep = mode < 0.5 ? "fixed concurrency" : "fixed rate";
      await playground.planLoad({}, { "Load model": keep, Stop: "after seconds" });
      if (mode >= 0.5) await playground.planLoad({}, { Schedule: "constant" });
      const drawn = look >= 0.3;
      await playground.drawLoad(drawn);
      await playground.startLoad(
        mode < 0.5 ? { Concurrency: inFlight, Duration: "60" } : { Rate: perSecond, Duration: "60" },
      );
      return `${mode < 0.5 ? `${inFlight} in flight` : `${perSecond} a second`}${drawn ? "" : ", not drawn"}`;
    },
  },
  {
    name: "start load on a schedule",
    weight: 4,
    async do({ playground, numbers: [which, pace, then] }) {
      const requester = await playground.openRequester(FIRST);
      const button = requester.getByRole("button", { name: "Start load", disabled: false });
      const schedule = oneOf(Object.keys(SCHEDULES), which);
      if (schedule === undefined || !(await button.isVisible())) return null;
      const [rate, other] = [String(10 + Math.floor(pace * 500)), String(1 + Math.floor(then * 1500))];
      // A select first: it decides which fields there are.
      await playground.planLoad({}, { "Load model": "fixed rate", Stop: "after seconds" });
      await playground.planLoad({}, { Schedule: schedule });
      await playground.startLoad({ Rate: rate, Duration: "30", ...SCHEDULES[schedule]?.(other) });
      return `${schedule}: ${rate}${schedule === "Poisson" ? "" : ` to ${other}`} a second`;
    },
  },
  {
    name: "stop load",
    weight: 3,
    async do({ playground }) {
      // What is folded cannot be pressed.
      await playground.openRequester(FIRST);
      return (await press(playground.page, "Stop load")) ? "" : null;
    },
  },
];
