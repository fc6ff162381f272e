import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths.ts";
import { metaContentSecurityPolicy, pageHeaders, sandboxHeaders, type Served } from "./policy.ts";

const SERVED: Served = { mode: "built", framers: [] };

test("the page runs no script but its own and the one in index.html, by its hash, and none that is made from text", async () => {
  const page = await readFile(join(ROOT, "index.html"), "utf8");
  const [, script = "", ...others] = page.split(/<script>([\s\S]*?)<\/script>/);
  expect(others.join("")).not.toContain("<script>");
  const scripts = `; script-src 'self' 'sha256-${createHash("sha256").update(script).digest("base64")}'; `;
  expect(metaContentSecurityPolicy()).toContain(scripts);
  for (const path of ["/", "/index.html"])
    expect(pageHeaders(SERVED, path)["Content-Security-Policy"]).toContain(scripts);
});

test("only the worker that runs the nats-server in the browser may compile WebAssembly", () => {
  const policyOf = (path: string): string | undefined => pageHeaders(SERVED, path)["Content-Security-Policy"];
  expect(policyOf("/assets/inTabServer.worker-Ab12.js")).toContain("script-src 'self' 'wasm-unsafe-eval';");
  for (const path of ["/assets/index-Ab12.js", "/assets/responder.worker-Ab12.js"])
    expect(policyOf(path)).toContain("script-src 'self';");
  for (const path of ["/", "/index.html"]) expect(policyOf(path)).not.toContain("wasm");
});

test("the sandbox's policy lets in its two scripts by their hashes, workers from text, and nothing else", async () => {
  const page = await readFile(join(ROOT, "public/sandbox.html"), "utf8");
  const [, inside = "", between = "", outside = "", ...others] = page.split(/<script>([\s\S]*?)<\/script>/);
  expect(between + others.join("")).not.toContain("<script");
  const [outer, inner] = [outside, inside].map((script) =>
    createHash("sha256").update(script).digest("base64"),
  );
  const [, policy] = /content="([^"]*)"/.exec(page.replace(/\s+/g, " ")) ?? [];
  expect(policy).toBe(
    `default-src 'none'; script-src 'sha256-${outer}' 'sha256-${inner}' blob:; worker-src blob:`,
  );
  // The frame that code runs in has no origin.
  expect(outside).toContain('frame.sandbox = "allow-scripts";');
  // Before anything that it governs.
  expect(page.indexOf("Content-Security-Policy")).toBeLessThan(page.indexOf("<script>"));
});

test("the sandbox has no origin even when somebody opens it outside of a frame", () => {
  expect(sandboxHeaders(SERVED)["Content-Security-Policy"]).toMatch(/^sandbox allow-scripts;/);
});

test("the page may stand in no other page, unless it is embedded", () => {
  const framedBy = (path: string, query: string): string | undefined =>
    /frame-ancestors [^;]*/.exec(
      pageHeaders(SERVED, path, new URLSearchParams(query))["Content-Security-Policy"] ?? "",
    )?.[0];
  for (const [path, query] of [
    ["/", ""],
    ["/index.html", ""],
    ["/", "lesson=embed"],
    ["/", "server=in-tab&embedded"],
    ["/roundtrip.json", "embed"],
    ["/control/server", "embed"],
  ] as const)
    expect(framedBy(path, query)).toBe("frame-ancestors 'none'");
  expect(framedBy("/", "embed")).toBe("frame-ancestors *");
  expect(framedBy("/index.html", "lesson=first-round-trip&embed=")).toBe("frame-ancestors *");
});

test("where sites are listed only they have it in a frame, and that only with ?embed", () => {
  const served: Served = { mode: "built", framers: ["https://course.example", "http://localhost:*"] };
  const policyOf = (path: string, query: string): string | undefined =>
    pageHeaders(served, path, new URLSearchParams(query))["Content-Security-Policy"];
  expect(policyOf("/", "embed")).toContain("; frame-ancestors https://course.example http://localhost:*; ");
  expect(policyOf("/", "")).toContain("; frame-ancestors 'none'; ");
  expect(policyOf("/control/server", "embed")).toContain("; frame-ancestors 'none'; ");
});
