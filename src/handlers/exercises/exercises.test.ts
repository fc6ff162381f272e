import { readdir, readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import type { Handler } from "../interface.ts";
import serviceHealth from "../service-health.js";
import { contextWith, requestOf, type Services, silent } from "../testing.ts";
import calculator from "./calculator.solution.js";
import serviceA from "./chain-a.solution.js";
import serviceB from "./chain-b.solution.js";
import serviceC from "./chain-c.solution.js";
import monitor from "./monitor.solution.js";

describe("the calculator", () => {
  const ask = (operation: string, body: unknown): unknown =>
    calculator(requestOf(body, `calc.${operation}`), contextWith());

  it.each([
    ["add", 7, 5, 12],
    ["subtract", 7, 5, 2],
    ["multiply", 7, 5, 35],
    ["divide", 7, 2, 3.5],
    ["divide", 0, 7, 0],
  ])("%s of %d and %d", (operation, a, b, result) => {
    expect(ask(operation, { a, b })).toEqual({ result });
  });

  it.each([
    ["divide", { a: 7, b: 0 }, "Division by zero"],
    ["add", { a: "7", b: 5 }, "a and b must both be numbers"],
    ["add", { a: 7 }, "a and b must both be numbers"],
    ["power", { a: 7, b: 5 }, "There is no calc.power"],
    ["multiply", { a: 1e308, b: 10 }, "The result is too large for a number"],
  ])("%s of %j is an error", (operation, body, error) => {
    expect(ask(operation, body)).toEqual({ error });
  });
});

describe("the chain", () => {
  const all: Services = { "chain.b": serviceB, "chain.c": serviceC };
  const ask = (body: unknown, services: Services = all): unknown =>
    serviceA(requestOf(body, "chain.a"), contextWith(services));
  const without = (name: string): Services =>
    Object.fromEntries(Object.entries(all).filter(([subject]) => subject !== name));

  it("goes all the way", async () => {
    expect(await ask({ item: "tea" })).toEqual({ item: "tea", price: 4.5, stock: 12 });
  });

  const failing: Handler = () => ({ error: "no disk" });
  it.each<[string, Services, string, string]>([
    ["c has no such item", all, "c", "error"],
    ["c is not running", without("chain.c"), "c", "unavailable"],
    ["c does not answer", { ...all, "chain.c": silent }, "c", "timeout"],
    ["c fails", { ...all, "chain.c": failing }, "c", "error"],
    ["b is not running", without("chain.b"), "b", "unavailable"],
    ["b does not answer", { ...all, "chain.b": silent }, "b", "timeout"],
  ])("says which service and why when %s", async (_, services, service, why) => {
    const reply = await ask({ item: "gold" }, services);
    expect(reply).toMatchObject({ error: expect.stringMatching(/./), service, why });
  });

  it("needs an item", async () => {
    expect(await ask({})).toMatchObject({ service: "a", why: "error" });
  });
});

describe("the monitor", () => {
  it("tells up, slow and down apart", async () => {
    const slow: Handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { status: "up" };
    };
    const services: Services = {
      "service.health.users": serviceHealth,
      "service.health.orders": slow,
      "service.health.mail": silent,
      "service.health.disk": () => ({ error: "full" }),
    };
    const asked = requestOf({ services: ["users", "orders", "mail", "disk", "nobody"] });
    expect(await monitor(asked, contextWith(services))).toEqual({
      users: "up",
      orders: "slow",
      mail: "down",
      disk: "down",
      nobody: "down",
    });
    expect(await monitor(requestOf({}), contextWith(services))).toMatchObject({ error: expect.any(String) });
  });
});

it("each solution has a start, which gives the same first line", async () => {
  const read = (file: string): Promise<string> => readFile(`${import.meta.dirname}/${file}`, "utf8");
  const files = (await readdir(import.meta.dirname)).filter((file) => file.endsWith(".solution.js"));
  expect(files.length).toBe(5);
  for (const file of files) {
    const start = await read(file.replace(".solution.", ".start."));
    expect(start.split("\n")[0]).toBe((await read(file)).split("\n")[0]);
  }
});
