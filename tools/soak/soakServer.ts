import { expect } from "@playwright/test";
import type { Playground } from "../../e2e/pages/Playground.ts";
import type { NatsServer } from "../nats/natsServer.ts";

/** The nats-server of a soak, whichever it is. */
export interface SoakServer {
  isUp(): Promise<boolean>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** How many connections it counts itself, while it is up. */
  connections(): Promise<number>;
}

/** A nats-server of this machine, which nobody uses but the page. */
export function serverOfMachine(server: NatsServer): SoakServer {
  return {
    isUp: () => Promise.resolve(server.pid !== null),
    kill: () => server.kill(),
    start: () => server.start(),
    async connections() {
      const answer: unknown = await (await fetch(`${server.monitoringUrl}/connz`)).json();
      return Number(Reflect.get(Object(answer), "num_connections"));
    },
  };
}

/** The nats-server in the browser, which the page alone can reach. */
export function serverOfPage({ diagram, inspector }: Playground): SoakServer {
  const select = async (): Promise<void> => {
    const server = diagram.getByRole("button", { name: /^nats-server in the diagram/ });
    if ((await server.getAttribute("aria-pressed")) !== "true") await server.click();
  };
  const press = async (name: string, then: string): Promise<void> => {
    await select();
    await inspector.getByRole("button", { name }).click();
    await expect(inspector.getByRole("button", { name: then })).toBeVisible({ timeout: 20_000 });
  };
  return {
    async isUp() {
      await select();
      return inspector.getByRole("button", { name: "Kill server" }).isVisible();
    },
    kill: () => press("Kill server", "Start server"),
    start: () => press("Start server", "Kill server"),
    async connections() {
      await select();
      const words = await inspector
        .getByRole("heading", { name: "This page" })
        .textContent({ timeout: 5000 });
      return Number(/\d+/.exec(words ?? "")?.[0]);
    },
  };
}
