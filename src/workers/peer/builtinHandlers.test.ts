import { expect, test } from "vitest";
import { HANDLERS } from "../../handlers/catalogue.ts";
import { builtinHandler } from "./builtinHandlers.ts";

test("a worker finds every handler that the page offers, and no other", () => {
  for (const { id } of HANDLERS) expect(builtinHandler(id), id).toBeTypeOf("function");
  for (const id of ["", "no-such-handler", "constructor", "__proto__"])
    expect(builtinHandler(id)).toBeUndefined();
});
