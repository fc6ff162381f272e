import { expect, test } from "vitest";
import { readOptions } from "./options.ts";

test("without flags and variables nothing is asked for", () => {
  expect(readOptions([], {})).toEqual({
    open: false,
    inTab: false,
    class: false,
    host: null,
    help: false,
    ports: { port: null, "ws-port": null, "client-port": null, "monitor-port": null },
    framers: [],
  });
});

test("a flag wins over a variable, and both say who asked", () => {
  const { ports, open } = readOptions(["--port", "5000", "--open"], {
    ROUNDTRIP_PORT: "6000",
    ROUNDTRIP_WS_PORT: "7000",
  });
  expect(ports.port).toEqual({ port: 5000, by: "--port" });
  expect(ports["ws-port"]).toEqual({ port: 7000, by: "ROUNDTRIP_WS_PORT" });
  expect(open).toBe(true);
});

test.each(["0", "65536", "-1", "80a", "1.5", "0x50"])("%s is no port", (text) => {
  expect(() => readOptions([`--client-port=${text}`], {})).toThrow(/--client-port is “.+”, which is no port/);
  expect(() => readOptions([], { ROUNDTRIP_MONITOR_PORT: text })).toThrow("ROUNDTRIP_MONITOR_PORT");
});

test("sites that may have the page in a frame", () => {
  const env = { ROUNDTRIP_FRAME: "https://a.example https://b.example" };
  expect(readOptions([], env).framers).toEqual(["https://a.example", "https://b.example"]);
  const args = ["--frame", "https://c.example", "--frame", "https://d.example"];
  expect(readOptions(args, env).framers).toEqual(["https://c.example", "https://d.example"]);
  expect(() => readOptions(["--frame", "*"], {})).toThrow("--frame names “*”, which is no site.");
});

test("a class and the address it joins at; what does not go together is said", () => {
  expect(readOptions(["--class"], {})).toMatchObject({ class: true, host: null });
  expect(readOptions(["--class", "--host", "10.0.0.7"], {})).toMatchObject({ class: true, host: "10.0.0.7" });
  expect(() => readOptions(["--host", "10.0.0.7"], {})).toThrow("give --class too");
  expect(() => readOptions(["--class", "--in-tab"], {})).toThrow("leave one of them out");
});

test("an unknown flag shows the usage", () => {
  expect(() => readOptions(["--prot", "1"], {})).toThrow(/--prot[^]*npm start/);
});
