import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { builtEmbedded, fingerprint } from "./buildEmbedded.ts";

test("what was built before counts where all of it is there, its licences included", async () => {
  const folder = await mkdtemp(join(tmpdir(), "roundtrip-embedded-test-"));
  try {
    const put = (file: string, text = "") => writeFile(join(folder, file), text);
    await put(".built-from", await fingerprint());
    await put("manifest.json", '{"version":"2.15.2"}');
    for (const file of ["nats-server.wasm.gz", "nats-server.wasm.br", "wasm_exec.js"]) await put(file);
    expect(await builtEmbedded(folder)).toBeNull();
    await put("licenses.txt");
    expect(await builtEmbedded(folder)).toEqual({ version: "2.15.2" });
    await put(".built-from", "another program");
    expect(await builtEmbedded(folder)).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
