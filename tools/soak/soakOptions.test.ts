import { describe, expect, test } from "vitest";
import { readSoakOptions } from "./soakOptions.ts";

describe("the options of a soak", () => {
  test("without any it runs three minutes from a new seed", () => {
    expect(readSoakOptions([], () => 7)).toEqual({
      help: false,
      seed: 7,
      from: 0,
      server: "machine",
      minutes: 3,
      actions: null,
    });
  });

  test("a seed and a number of actions repeat an earlier run", () => {
    expect(readSoakOptions(["--seed", "41", "--actions", "12"], () => 7)).toMatchObject({
      seed: 41,
      actions: 12,
    });
  });

  test.each([
    ["--minutes", "0"],
    ["--actions", "1.5"],
    ["--seed", ""],
    ["--seed", "many"],
  ])("%s %j is refused in words", (flag, value) => {
    expect(() => readSoakOptions([flag, value], () => 7)).toThrow(
      `${flag} is “${value}”; give a whole number`,
    );
  });

  test("a server that there is not is refused", () => {
    expect(readSoakOptions(["--server", "in-tab"], () => 7).server).toBe("in-tab");
    expect(() => readSoakOptions(["--server", "moon"], () => 7)).toThrow(/“moon”.*in-tab/);
  });

  test("an unknown flag is refused", () => {
    expect(() => readSoakOptions(["--sed", "1"], () => 7)).toThrow(/sed/);
  });
});
