import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import apiGateway from "./api-gateway.js";
import authLogin from "./auth-login.js";
import authVerify from "./auth-verify.js";
import cache from "./cache.js";
import dbQuery from "./db-query.js";
import payment from "./payment.js";
import paymentIdempotent from "./payment-idempotent.js";
import serviceHealth from "./service-health.js";
import { contextWith, requestOf, silent } from "./testing.ts";
import userLookup from "./user-lookup.js";
import userWithAuth from "./user-with-auth.js";

const here = contextWith();

describe("auth", () => {
  const logIn = (username: unknown, password: unknown): unknown =>
    authLogin(requestOf({ username, password }, "auth.login"), here);
  const verify = (token: unknown): unknown => authVerify(requestOf({ token }, "auth.verify"), here);

  it.each([
    ["admin", "password123"],
    ["user1", "secret"],
  ])("gives %s a token that can be verified, and by any member", (username, password) => {
    const answer = logIn(username, password) as { token: string }; // the next line shows that it has one
    expect(answer).toEqual({ authenticated: true, username, token: expect.any(String), status: "success" });
    expect(verify(answer.token)).toEqual({ valid: true, username, status: "success" });
  });

  it.each([
    ["a wrong password", "admin", "password124"],
    ["a stranger", "nobody", "secret"],
    ["a stranger without a password", "nobody", undefined],
    ["a name of JavaScript's own", "constructor", undefined],
    ["nothing", undefined, undefined],
  ])("refuses %s in the same words", (_, username, password) => {
    expect(logIn(username, password)).toEqual({
      authenticated: false,
      error: "Invalid credentials",
      status: "unauthorized",
    });
  });

  it.each([["admin"], ["admin."], ["admin.00000000"], [""], [undefined], [7]])(
    "does not take %j for a token",
    (token) => expect(verify(token)).toMatchObject({ valid: false }),
  );
});

describe("user-with-auth", () => {
  const token = "admin.845e5df9";
  const ask = (services: Record<string, typeof authVerify>, body: object): unknown =>
    userWithAuth(requestOf(body), contextWith(services));

  it("answers whoever brings a valid token", async () => {
    expect(await ask({ "auth.verify": authVerify }, { token, user_id: 5 })).toEqual({
      user_id: 5,
      name: "User 5",
      email: "user5@example.com",
      asked_by: "admin",
      status: "success",
    });
  });

  it.each([[{ user_id: 5 }], [{ token: "admin.1", user_id: 5 }]])("refuses %j", async (body) => {
    expect(await ask({ "auth.verify": authVerify }, body)).toEqual({
      error: "Unauthorized",
      status: "unauthorized",
    });
  });

  it("says why there is no verdict", async () => {
    const unavailable = (words: string): object => ({
      error: `Auth service ${words}`,
      status: "unavailable",
    });
    expect(await ask({}, { token })).toEqual(unavailable("unavailable: it is not running"));
    expect(await ask({ "auth.verify": silent }, { token })).toEqual(
      unavailable("unavailable: it did not answer within 1000 ms"),
    );
    expect(await ask({ "auth.verify": () => ({ error: "no disk" }) }, { token })).toEqual(
      unavailable("failed: no disk"),
    );
  });
});

describe("api-gateway", () => {
  const ask = (subject: string, services = { "user.get": userLookup }): unknown =>
    apiGateway(requestOf({ user_id: 3 }, subject), contextWith(services));

  it("passes the reply of the service behind it on as it is", async () => {
    const bytes = (await ask("api.users.get")) as Uint8Array; // as it is
    expect(JSON.parse(new TextDecoder().decode(bytes))).toMatchObject({ user_id: 3, name: "User 3" });
  });

  it("says what it cannot reach", async () => {
    expect(await ask("api.nothing")).toEqual({ error: "There is no api.nothing", status: "not_found" });
    expect(await ask("api.db.query")).toEqual({ error: "Nothing serves db.query", status: "unavailable" });
    expect(await ask("api.users.get", { "user.get": silent })).toEqual({
      error: "user.get did not answer within 1000 ms",
      status: "timeout",
    });
  });
});

describe("db-query", () => {
  const query = (body: unknown): unknown => dbQuery(requestOf(body, "db.query"), here);

  it("finds the rows that match", () => {
    expect(query({ table: "users", where: { id: 2 } })).toEqual({
      rows: [{ id: 2, name: "Grace", city: "New York" }],
      count: 1,
      status: "success",
    });
    expect(query({ table: "orders", where: { user_id: 1 } })).toMatchObject({ count: 2 });
    expect(query({ table: "orders" })).toMatchObject({ count: 3 });
    expect(query({ table: "users", where: { id: 99 } })).toMatchObject({ rows: [], count: 0 });
  });

  it.each(["secrets", "constructor", undefined, 7])("has no table %j", (table) => {
    expect(query({ table })).toMatchObject({ error: expect.stringMatching(/^There is no table/) });
  });
});

describe("cache", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("asks the database once, remembers, and forgets after 5 s", async () => {
    const asked = vi.fn<typeof dbQuery>(dbQuery);
    const context = contextWith({ "db.query": asked });
    const get = (key: unknown): unknown => cache(requestOf({ key }, "cache.get"), context);
    expect(await get("users:1")).toEqual({
      key: "users:1",
      value: { id: 1, name: "Ada", city: "London" },
      cache: "miss",
      expires_in_ms: 5000,
      status: "success",
    });
    await vi.advanceTimersByTimeAsync(4999);
    expect(await get("users:1")).toMatchObject({ cache: "hit", expires_in_ms: 1 });
    expect(await get("users:2")).toMatchObject({ cache: "miss", value: { name: "Grace" } });
    expect(asked).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await get("users:1")).toMatchObject({ cache: "expired" });
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it("remembers that there is no such row, but no failure", async () => {
    const services: Record<string, typeof dbQuery> = {};
    const context = contextWith(services);
    const get = (key: string): unknown => cache(requestOf({ key }, "cache.get"), context);
    expect(await get("users:9")).toMatchObject({ status: "unavailable", error: expect.any(String) });
    services["db.query"] = dbQuery;
    expect(await get("users:9")).toMatchObject({ cache: "miss", value: null });
    expect(await get("users:9")).toMatchObject({ cache: "hit", value: null });
    expect(await get("secrets:1")).toMatchObject({ error: expect.stringContaining("secrets") });
    expect(await get("secrets:1")).toMatchObject({ cache: "miss" });
    expect(await get("users")).toMatchObject({ error: expect.stringContaining("users:1") });
  });
});

describe("service-health", () => {
  it("counts its pings and says whose answer it is", () => {
    const context = contextWith();
    const ping = (): unknown => serviceHealth(requestOf({}, "service.health"), context);
    expect(ping()).toMatchObject({ service: "responder-1", status: "up", pings: 1 });
    expect(ping()).toMatchObject({ pings: 2, up_for_ms: expect.any(Number) });
  });
});

describe("payments", () => {
  const call = (id: string): ReturnType<typeof requestOf> =>
    requestOf({ amount: 10 }, "payment.process", { "Idempotency-Key": id });

  it("are booked again by a retry where the handler does not look", () => {
    const context = contextWith();
    expect(payment(call("one"), context)).toMatchObject({ booked: 1, total: 10 });
    expect(payment(call("one"), context)).toMatchObject({ booked: 2, total: 20 });
  });

  it("are booked once where it does", () => {
    const logged: string[] = [];
    const context = contextWith({}, logged);
    expect(paymentIdempotent(call("one"), context)).toEqual({ booked: 1, total: 10, status: "success" });
    expect(paymentIdempotent(call("one"), context)).toMatchObject({ booked: 1, total: 10, repeated: true });
    expect(paymentIdempotent(call("two"), context)).toMatchObject({ booked: 2, total: 20 });
    expect(logged[1]).toBe("call one again: not booked a second time");
  });

  it("need an amount, and the one that books once the name of the call", () => {
    const none = requestOf({}, "payment.process", { "Idempotency-Key": "one" });
    const invalid = { error: "Invalid amount: must be a positive number", status: "error" };
    expect(payment(none, here)).toEqual(invalid);
    expect(paymentIdempotent(none, here)).toEqual(invalid);
    expect(paymentIdempotent(requestOf({ amount: 10 }), here)).toMatchObject({ error: expect.any(String) });
  });

  it("are forgotten one by one, the oldest first", () => {
    const context = contextWith();
    for (let index = 0; index <= 1000; index++) paymentIdempotent(call(String(index)), context);
    expect(paymentIdempotent(call("1000"), context)).toMatchObject({ repeated: true });
    expect(paymentIdempotent(call("0"), context)).not.toHaveProperty("repeated");
  });
});
