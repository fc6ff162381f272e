import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../paths.ts";
import { configure, pageOrigins, type Changes } from "./config.ts";

const conf = await readFile(join(ROOT, "nats-server.conf"), "utf8");
const usual: Changes = {
  ports: { client: 4222, webSocket: 9222, monitoring: 8222 },
  origins: pageOrigins(4173),
  monitoringPath: "/",
};

test("on the usual ports the file is used as it is", () => {
  expect(configure(conf, usual).replaceAll('",  "', '", "')).toBe(
    conf.replace(/^PAGE_ORIGINS = .*$/m, `PAGE_ORIGINS = ${JSON.stringify(pageOrigins(4173))}`),
  );
  expect(conf).toContain(`PAGE_ORIGINS = ${JSON.stringify(pageOrigins(4173)).replace(",", ", ")}`);
});

test("only the named values change", () => {
  const moved = configure(conf, {
    ports: { client: 1, webSocket: 2, monitoring: 3 },
    origins: pageOrigins(4),
    monitoringPath: "/secret",
  });
  const changed = moved.split("\n").filter((line, index) => line !== conf.split("\n")[index]);
  expect(changed).toEqual([
    "CLIENT_PORT = 1",
    "WEBSOCKET_PORT = 2",
    "MONITORING_PORT = 3",
    'PAGE_ORIGINS = ["http://127.0.0.1:4","http://localhost:4"]',
    'MONITORING_PATH = "/secret"',
  ]);
});

test("a file without the value, or with it twice, is an error instead of a server on the wrong port", () => {
  expect(() => configure(conf.replace("CLIENT_PORT =", "PORT ="), usual)).toThrow("CLIENT_PORT = …");
  expect(() => configure(`${conf}\nWEBSOCKET_PORT = 1\n`, usual)).toThrow("has 2");
});

test("one origin for each host name", () => {
  const hosts = pageOrigins(4173).map((origin) => new URL(origin).hostname);
  expect(new Set(hosts).size).toBe(hosts.length);
});
