import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { packageProgram, ROOT } from "../paths.ts";
import { run } from "../run.ts";

/** For each folder: lines that its layer allows, and lines that must be errors. */
const LAYERS: Readonly<
  Record<string, { readonly allowed: readonly string[]; readonly forbidden: readonly string[] }>
> = {
  "src/domain/setup/a.ts": {
    allowed: [
      'export * from "./b.ts";',
      'export * from "valibot";',
      'export * from "pure-rand/distribution/uniformInt";',
      "export const a = Math.min(1, 2);",
    ],
    forbidden: [
      'export * from "../../wire/b.ts";',
      'export * from "../../protocol/b.ts";',
      'import type { B } from "../../stores/page/b.ts"; export type { B };',
      'export const b = await import("../../views/b.ts");',
      'export * from "nats.ws";',
      'export * from "react";',
      'export * from "node:fs";',
      "export const c = Date.now();",
      "export const d = performance.now();",
      "export const e = Math.random();",
      "export const f = document;",
      "setTimeout(() => {}, 1);",
    ],
  },
  "src/protocol/a.ts": {
    allowed: ['export * from "./b.ts";'],
    forbidden: [
      'export * from "../domain/base/b.ts";',
      'export * from "nats.ws";',
      'export * from "valibot";',
    ],
  },
  "src/handlers/a.ts": {
    allowed: ['export * from "./b.ts";'],
    forbidden: ['export * from "../domain/base/b.ts";', 'export * from "nats.ws";'],
  },
  "src/lessons/a.ts": {
    allowed: [
      'export * from "../domain/base/b.ts";',
      'export * from "./b.ts";',
      'export * from "../handlers/exercises/b.start.js?raw";',
    ],
    forbidden: [
      'export * from "../stores/page/b.ts";',
      'export * from "../wire/b.ts";',
      'export * from "../handlers/b.js";',
      'export * from "react";',
    ],
  },
  "src/lessons/content/a.ts": {
    allowed: [
      'export * from "../../domain/base/b.ts";',
      'export * from "../conditions.ts";',
      'export * from "../../handlers/exercises/b.start.js?raw";',
    ],
    forbidden: ['export * from "../catalogue.ts";', 'export * from "../../stores/page/b.ts";'],
  },
  "src/gallery/a.ts": {
    allowed: [
      'export * from "../domain/base/b.ts";',
      'export * from "./b.ts";',
      'export * from "../lessons/peers.ts";',
    ],
    forbidden: [
      'export * from "../stores/page/b.ts";',
      'export * from "../lessons/b.ts";',
      'export * from "../wire/b.ts";',
      'export * from "react";',
    ],
  },
  "src/programs/a.ts": {
    allowed: [
      'export * from "../domain/base/b.ts";',
      'export * from "./b.ts";',
      'export { default } from "./go/handlers/b.go?raw";',
    ],
    forbidden: [
      'export * from "../handlers/b.ts";',
      'export * from "../stores/page/b.ts";',
      'export * from "@nats-io/transport-node";',
    ],
  },
  "src/sandbox/a.ts": {
    allowed: ['export * from "./b.ts";'],
    forbidden: ['export * from "../domain/base/b.ts";', 'export * from "../handlers/b.ts";'],
  },
  "src/inTab/a.ts": {
    allowed: ['export * from "../domain/base/b.ts";', 'export * from "./b.ts";'],
    forbidden: [
      'export * from "../wire/b.ts";',
      'export * from "../workers/b.ts";',
      'export * from "nats.ws";',
    ],
  },
  "src/wire/requests/a.ts": {
    allowed: [
      'export * from "./b.ts";',
      'export * from "../../domain/base/b.ts";',
      'export * from "../../protocol/b.ts";',
      'export * from "nats.ws";',
    ],
    forbidden: [
      'export * from "../../workers/messages.ts";',
      'export * from "../../stores/page/b.ts";',
      'export * from "nats";',
      "postMessage(1);",
    ],
  },
  "src/workers/a.worker.ts": {
    allowed: ['export * from "../inTab/b.ts";', 'export * from "./messages.ts";'],
    forbidden: ['export * from "../wire/connection/b.ts";', 'export * from "./peer/b.ts";'],
  },
  "src/workers/load/a.ts": {
    allowed: ['export * from "../../wire/requests/b.ts";', 'export * from "../messages.ts";'],
    forbidden: ['export * from "../peer/b.ts";', 'export * from "../../handlers/b.ts";'],
  },
  "src/workers/peer/a.worker.ts": {
    allowed: [
      'export * from "../../wire/connection/b.ts";',
      'export * from "../../domain/base/b.ts";',
      'export * from "../../handlers/b.ts";',
      'export * from "../../sandbox/b.ts";',
      'export * from "../load/b.ts";',
      "postMessage(1);",
    ],
    forbidden: [
      'export * from "../links/b.ts";',
      'export * from "../../stores/page/b.ts";',
      'export * from "../../views/b.ts";',
      'export * from "nats.ws";',
    ],
  },
  "src/workers/links/aLink.ts": {
    allowed: [
      'export * from "../../domain/base/b.ts";',
      'export * from "../messages.ts";',
      'export const text = await import("../../sandbox/runtime.js?raw");',
      'export const w = new Worker(new URL("../peer/a.worker.ts", import.meta.url));',
    ],
    forbidden: [
      'export * from "../../wire/connection/b.ts";',
      'export * from "../peer/a.worker.ts";',
      'export * from "../../handlers/b.ts";',
    ],
  },
  "src/stores/app/a.ts": {
    allowed: [
      'export * from "../../domain/base/b.ts";',
      'export * from "../../lessons/b.ts";',
      'export * from "../../workers/messages.ts";',
      'export * from "../../workers/links/requesterLink.ts";',
      'export * from "zustand/vanilla";',
    ],
    forbidden: [
      'export * from "../../workers/peer/requester.worker.ts";',
      'export * from "../../workers/peer/batchWriter.ts";',
      'export * from "../../wire/b.ts";',
      'export * from "../../views/b.ts";',
      'export * from "nats.ws";',
      'export * from "react";',
      'export * from "zustand";',
    ],
  },
  "src/views/shell/a.tsx": {
    allowed: [
      'export * from "../../stores/page/b.ts";',
      'export * from "../../domain/base/b.ts";',
      'export * from "../diagram/b.tsx";',
      'export * from "react";',
    ],
    forbidden: [
      'export * from "../../wire/b.ts";',
      'export * from "../../workers/messages.ts";',
      'export * from "../../protocol/b.ts";',
      'export * from "nats.ws";',
    ],
  },
  "src/views/diagram/layout/a.ts": {
    allowed: ['export * from "./b.ts";', 'export * from "../../../domain/base/b.ts";'],
    forbidden: [
      'export * from "../nodes/b.tsx";',
      'export * from "../marks/b.ts";',
      'export * from "../Diagram.tsx";',
      'export * from "../../../wire/b.ts";',
    ],
  },
  "src/views/diagram/nodes/a.tsx": {
    allowed: ['export * from "../layout/b.ts";', 'export * from "../../controls/b.tsx";'],
    forbidden: ['export * from "../marks/b.ts";', 'export * from "../../../workers/messages.ts";'],
  },
  "src/views/diagram/marks/a.ts": {
    allowed: ['export * from "../layout/b.ts";', 'export * from "../../../stores/page/b.ts";'],
    forbidden: ['export * from "../nodes/b.tsx";', 'export * from "nats.ws";'],
  },
  "tools/server/a.ts": {
    allowed: ['export * from "node:http";', 'export * from "vite";'],
    forbidden: ['export * from "../../src/stores/page/b.ts";', 'export * from "nats.ws";'],
  },
  "e2e/a.spec.ts": {
    allowed: [
      'export * from "../tools/b.ts";',
      'export * from "nats";',
      'export type { B } from "../src/domain/base/b.ts";',
    ],
    forbidden: ['export * from "../src/stores/page/b.ts";', 'export * from "../src/views/b.ts";'],
  },
};

/** The rooms, from the lowest to the highest: a room may import those before it, and none behind it. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  "src/domain": [
    "base",
    "events",
    "statistics",
    "messages",
    "record",
    "room",
    "server",
    "exchanges",
    "schedule",
    "frames",
    "replay",
    "timeline",
    "narration",
    "setup",
    "diagnosis",
    "load",
  ],
  "src/wire": ["connection", "requests", "replies"],
  "src/stores": ["page", "handlers", "record", "server", "peers", "setup", "loads", "lessons", "app"],
};

const reExport = (room: string): string => `export type { B } from "../${room}/c.ts";`;
const ROOM_FILES = Object.entries(ROOMS).flatMap(([layer, rooms]) =>
  rooms.map((room, place) => ({
    file: `${layer}/${room}/room.ts`,
    allowed: rooms.slice(0, place).map(reExport),
    forbidden: rooms.slice(place + 1).map(reExport),
  })),
);

/** Two files that import only types from each other. */
const CIRCLE = {
  "src/domain/base/one.ts": 'import type { Two } from "./two.ts";\nexport type One = Two | 1;\n',
  "src/domain/base/two.ts": 'import type { One } from "./one.ts";\nexport type Two = One[];\n',
};

let folder: string;
/** What oxlint printed. */
let printed = "";
/** Lines with an error of the layer rules, as `file:line`. */
let refused: ReadonlySet<string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "roundtrip-layers-"));
  await cp(join(ROOT, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  const write = async (file: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  };
  const layers = Object.entries(LAYERS).map(([file, lines]) => ({ file, ...lines }));
  for (const { file, allowed, forbidden } of [...layers, ...ROOM_FILES]) {
    await write(file, [...allowed, ...forbidden, ""].join("\n"));
  }
  for (const [file, text] of Object.entries(CIRCLE)) await write(file, text);
  const args = [packageProgram("oxlint", "bin/oxlint"), "--format", "unix", "src", "tools", "e2e"];
  const { stdout } = await run(process.execPath, args, { timeoutMs: 30_000, cwd: folder });
  printed = stdout;
  const found = [
    ...stdout.matchAll(/^(.+?):(\d+):\d+: .*no-restricted-(?:imports|globals|properties)\)\]$/gm),
  ];
  refused = new Set(found.map(([, file, line]) => `${file?.replaceAll("\\", "/")}:${line}`));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

for (const [file, { allowed, forbidden }] of Object.entries(LAYERS)) {
  test.each(allowed.map((line, index) => [line, index + 1] as const))(
    `${file} may have %s`,
    (_line, number) => {
      expect(refused).not.toContain(`${file}:${number}`);
    },
  );
  test.each(forbidden.map((line, index) => [line, allowed.length + index + 1] as const))(
    `${file} must not have %s`,
    (_line, number) => {
      expect(refused).toContain(`${file}:${number}`);
    },
  );
}

test.each(ROOM_FILES)("$file imports lower rooms only", ({ file, allowed, forbidden }) => {
  const lines = [...refused].filter((line) => line.startsWith(`${file}:`)).toSorted();
  expect(lines).toEqual(forbidden.map((_line, index) => `${file}:${allowed.length + index + 1}`).toSorted());
});

test.each(Object.entries(ROOMS))("every file of %s is in one of its rooms", async (layer, rooms) => {
  const found = (await readdir(join(ROOT, layer))).filter((name) => name !== "testing.ts");
  expect(found.toSorted()).toEqual(rooms.toSorted());
});

test("files that import types from each other are a circle", () => {
  expect(printed).toMatch(/src\/domain\/base\/(?:one|two)\.ts:.*no-cycle/);
});
