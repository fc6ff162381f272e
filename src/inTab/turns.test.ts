import { existsSync, readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { runGoProgram, type GoServer } from "./goProgram.ts";
import { Turns } from "./turns.ts";

const BUILT = new URL("../../public/embedded/", import.meta.url);
const PROGRAM = new URL("nats-server.wasm.gz", BUILT);

/** The real server, where `npm run build:embedded` has built it. */
describe.skipIf(!existsSync(PROGRAM))("the nats-server for the browser", () => {
  let server: GoServer;
  let turns: Turns;
  const heard = new Map<number, string>();
  const read = new Map<number, number>();

  beforeAll(async () => {
    runInThisContext(readFileSync(new URL("wasm_exec.js", BUILT), "utf8"));
    const module = await WebAssembly.compile(gunzipSync(readFileSync(PROGRAM)));
    const program = await runGoProgram(module, { news: () => {}, ended: () => {} });
    server = program.server;
    turns = new Turns(server, ({ id, bytes, consumed, ended }) => {
      heard.set(id, `${heard.get(id) ?? ""}${Buffer.from(bytes ?? []).toString()}${ended ? "<end>" : ""}`);
      read.set(id, consumed);
    });
  }, 60_000);

  const say = (id: number, text: string): void => turns.write(id, new TextEncoder().encode(text));
  const take = (id: number): string => {
    turns.take();
    const text = heard.get(id) ?? "";
    heard.delete(id);
    return text;
  };
  function open(): number {
    const id = server.open();
    expect(take(id)).toMatch(/^INFO .*"server_name":"roundtrip".*"headers":true.*\r\n$/);
    say(id, 'CONNECT {"verbose":false,"headers":true,"no_responders":true,"protocol":1}\r\nPING\r\n');
    expect(take(id)).toContain("PONG");
    return id;
  }

  it("has delivered all that follows from a turn's input when the turn ends", () => {
    const [requester, responder] = [open(), open()];
    say(responder, "SUB user.get users 1\r\n");
    say(requester, "SUB inbox.* 1\r\n");
    take(requester);
    say(requester, "PUB user.get inbox.1 2\r\nhi\r\nPUB user.get inbox.2 2\r\nho\r\n");
    expect(take(responder)).toBe("MSG user.get 1 inbox.1 2\r\nhi\r\nMSG user.get 1 inbox.2 2\r\nho\r\n");
    say(responder, "PUB inbox.1 2\r\nok\r\n");
    expect(take(requester)).toBe("MSG inbox.1 1 2\r\nok\r\n");
  });

  it("answers 503 where nobody subscribes", () => {
    const requester = open();
    say(requester, "SUB inbox.* 1\r\nPUB nobody inbox.1 0\r\n\r\n");
    expect(take(requester)).toMatch(/^HMSG inbox\.1 1 .*\r\nNATS\/1\.0 503/);
  });

  it("takes what is larger than a turn's buffer in pieces, up to its max_payload", () => {
    const [sender, receiver] = [open(), open()];
    say(receiver, "SUB big 1\r\n");
    take(receiver);
    const payload = "x".repeat(1024 * 1024);
    say(sender, `PUB big ${payload.length}\r\n${payload}\r\n`);
    let got = take(receiver);
    while (got.length < payload.length) got += take(receiver);
    expect(got).toBe(`MSG big 1 ${payload.length}\r\n${payload}\r\n`);
    expect(read.get(sender)).toBeGreaterThan(payload.length);
    say(sender, `PUB big ${payload.length + 1}\r\n${payload}x\r\n`);
    expect(take(sender)).toContain("-ERR 'Maximum Payload Violation'");
  });

  /** Without the server's own PING, which comes where a test takes long. */
  const takeMessages = (client: number): string => take(client).replaceAll("PING\r\n", "");

  it("holds back what a client does not confirm, and delivers it when it does", () => {
    const [sender, receiver] = [open(), open()];
    say(receiver, "SUB flood 1\r\n");
    take(receiver);
    const payload = "y".repeat(500_000);
    let got = 0;
    for (let sent = 0; sent < 20; sent++) {
      say(sender, `PUB flood ${payload.length}\r\n${payload}\r\n`);
      got += takeMessages(receiver).length;
    }
    expect(got).toBeLessThan(6_000_000);
    const whole = 20 * (payload.length + "MSG flood 1 500000\r\n\r\n".length);
    for (let turn = 0; turn < 100 && got < whole; turn++) {
      turns.confirm(receiver, 1_000_000);
      got += takeMessages(receiver).length;
    }
    expect(got).toBe(whole);
  });

  it("forgets a client that was closed, and tells of the others as monitoring does", () => {
    const [staying, leaving] = [open(), open()];
    say(leaving, "SUB here 1\r\n");
    take(leaving);
    const names = (): string => server.monitor("/connz?subs=1") ?? "";
    expect(names()).toContain('"here"');
    turns.close(leaving);
    expect(take(leaving)).toContain("<end>");
    expect(names()).not.toContain('"here"');
    expect(JSON.parse(server.monitor("/varz") ?? "")).toMatchObject({ server_name: "roundtrip" });
    expect(server.monitor("/nothing")).toBeNull();
    say(staying, "PING\r\n");
    expect(take(staying)).toBe("PONG\r\n");
  });
});
