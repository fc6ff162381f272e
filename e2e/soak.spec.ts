import { soak } from "../tools/soak/run.ts";
import { readKeptSeeds } from "../tools/soak/keptSeeds.ts";
import { serverOfMachine, serverOfPage } from "../tools/soak/soakServer.ts";
import { expect, test } from "./fixtures/test.ts";

// Servers are killed, handlers throw and loop: the console says so.
test.use({ expectedNoise: [/./] });

/** One more than was ever kept, so that what the soak does and checks is itself tested. */
const STRETCHES = [{ seed: 20, from: 0, deeds: 20, failed: "nothing" }, ...readKeptSeeds()];

for (const { seed, from, deeds, failed } of STRETCHES) {
  test(`seed ${seed} from ${from}: ${deeds} deeds, which once failed with: ${failed}`, async ({
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
      deeds,
      until: Infinity,
      say: () => {},
    });
    expect(figures.done).toBe(deeds);
    expect(broken).toEqual([]);
  });
}
