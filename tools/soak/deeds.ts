import type { Page } from "@playwright/test";
import type { NatsServer } from "../nats/natsServer.ts";
import type { Playground } from "../../e2e/pages/Playground.ts";

/** What a deed is done to, and the numbers that decide how. */
export interface Scene {
  readonly playground: Playground;
  readonly server: NatsServer;
  /** 0 ≤ x < 1. Each deed takes the same number of them whatever it finds, so that a seed's deeds do not depend on timing. */
  readonly draw: () => number;
}

export interface Deed {
  readonly name: string;
  /** How often it is chosen, beside the others. */
  readonly weight: number;
  /** Gives what was done in words, or null where there was nothing to do it to. */
  do(scene: Scene): Promise<string | null>;
}

const MOST_RESPONDERS = 12;
/** A control that is there is pressed at once; one that goes away meanwhile is no mistake. In ms. */
const PRESS_MS = 2000;

/** Presses a button of one of the responders that has it, as the draw decides. */
const onResponder =
  (button: string) =>
  async ({ playground, draw }: Scene): Promise<string | null> => {
    const chosen = draw();
    const having = playground.responders
      .getByRole("group")
      .filter({ has: playground.page.getByRole("button", { name: button, exact: true, disabled: false }) });
    const names = await having.evaluateAll((groups) =>
      groups.map((group) => group.getAttribute("aria-label")),
    );
    const name = names[Math.floor(chosen * names.length)];
    if (name === undefined || name === null) return null;
    await playground
      .responder(name)
      .getByRole("button", { name: button, exact: true })
      .click({ timeout: PRESS_MS });
    return name;
  };

async function press(page: Page, button: string): Promise<boolean> {
  const found = page.getByRole("button", { name: button, exact: true, disabled: false }).first();
  if (!(await found.isVisible())) return false;
  await found.click({ timeout: PRESS_MS });
  return true;
}

export const DEEDS: readonly Deed[] = [
  {
    name: "add responder",
    weight: 5,
    async do({ playground }) {
      const count = await playground.responders.getByRole("group").count();
      if (count >= MOST_RESPONDERS) return null;
      await playground.responders.getByRole("button", { name: "Add responder" }).click();
      return `to ${count}`;
    },
  },
  { name: "kill", weight: 4, do: onResponder("Kill") },
  { name: "start", weight: 4, do: onResponder("Start") },
  { name: "freeze", weight: 3, do: onResponder("Freeze") },
  { name: "thaw", weight: 4, do: onResponder("Thaw") },
  { name: "drain", weight: 3, do: onResponder("Drain") },
  { name: "remove", weight: 2, do: onResponder("Remove") },
  { name: "duplicate", weight: 2, do: onResponder("Duplicate") },
  {
    name: "edit responder",
    weight: 4,
    async do({ playground, draw }) {
      const [which, what, value] = [draw(), draw(), draw()];
      const names = await playground.responders
        .getByRole("group")
        .evaluateAll((groups) => groups.map((group) => group.getAttribute("aria-label") ?? ""));
      const name = names[Math.floor(which * names.length)];
      if (name === undefined) return null;
      await playground.inspect(name);
      const queue = playground.inspector.getByLabel("Queue group");
      const text = what < 0.5 ? "users" : value < 0.5 ? "" : "others";
      await queue.fill(text, { timeout: PRESS_MS });
      await queue.press("Enter");
      return `${name}: queue group “${text}”`;
    },
  },
  {
    name: "send",
    weight: 6,
    async do({ playground, draw }) {
      const count = 1 + Math.floor(draw() * 200);
      await playground.send(count);
      return `${count} at once`;
    },
  },
  {
    name: "change the timeout",
    weight: 1,
    async do({ playground, draw }) {
      const timeoutMs = 50 + Math.floor(draw() * 1000);
      await playground.setTimeoutMs(timeoutMs);
      return `${timeoutMs} ms`;
    },
  },
  {
    name: "start load",
    weight: 5,
    async do({ playground, draw }) {
      const [mode, pace] = [draw(), draw()];
      const button = playground.page.getByRole("button", { name: "Start load", disabled: false });
      if (!(await button.isVisible())) return null;
      const inFlight = String(1 + Math.floor(pace * 64));
      const perSecond = String(10 + Math.floor(pace * 500));
      await playground.startLoad(
        mode < 0.5 ? { Concurrency: inFlight, Duration: "60" } : { Rate: perSecond, Duration: "60" },
        { Keep: mode < 0.5 ? "calls in flight" : "calls a second", Stop: "after seconds" },
      );
      return mode < 0.5 ? `${inFlight} in flight` : `${perSecond} a second`;
    },
  },
  {
    name: "stop load",
    weight: 3,
    do: async ({ playground }) => ((await press(playground.page, "Stop load")) ? "" : null),
  },
  {
    name: "pause and go back to live",
    weight: 2,
    async do({ playground: { page } }) {
      if (!(await press(page, "Pause"))) return null;
      for (let step = 0; step < 3; step++) await press(page, "Step back");
      await press(page, "Live");
      return "three steps back";
    },
  },
  {
    name: "kill server",
    weight: 1,
    async do({ server }) {
      if (server.pid === null) return null;
      await server.kill();
      return "";
    },
  },
  {
    name: "start server",
    weight: 4,
    async do({ server }) {
      if (server.pid !== null) return null;
      await server.start();
      return "";
    },
  },
];

/** The deed that a number 0 ≤ x < 1 chooses. */
export function chosenDeed(deeds: readonly Deed[], x: number): Deed | undefined {
  const whole = deeds.reduce((sum, { weight }) => sum + weight, 0);
  let left = x * whole;
  return deeds.find(({ weight }) => (left -= weight) < 0);
}
