import { soak } from "../tools/soak/run.ts";
import { readKeptSeeds } from "../tools/soak/keptSeeds.ts";
import { serverOfMachine, serverOfPage } from "../tools/soak/soakServer.ts";
import { expect, test } from "./fixtures/test.ts";

// Servers are killed, handlers throw and loop: the console says so.
test.use({ expectedNoise: [/./] });

/** One more than was ever kept, so that what the soak does and checks is itself tested. */
const RUNS = [{ seed: 20, from: 0, actions: 20, failed: "nothing" }, ...readKeptSeeds()];

for (const { seed, from, actions, failed } of RUNS) {
  test(`seed ${seed} from ${from}: ${actions} actions, which once failed with: ${failed}`, async ({
    playground,
    page,
    running,
  }) => {
    const broken: string[] = [];
    page.on("pageerror", (error) => broken.push(error.message));
    await playground.open();
    const server = running.server === null ? serverOfPage(playground) : serverOfMachine(running.server);
    const figures = await soak(playground, server, {
      seed,
      from,
      actions,
      until: Infinity,
      say: () => {},
    });
    expect(figures.done).toBe(actions);
    expect(broken).toEqual([]);
  });
}
