import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";

const sumFile = (binary: string): string => `${binary}.sha256`;

async function sumOf(path: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(path))
    .digest("hex");
}

/** Notes what a binary is that was just fetched and checked, beside it. */
export async function noteSum(binary: string): Promise<void> {
  const written = `${sumFile(binary)}.${process.pid}`;
  await writeFile(written, `${await sumOf(binary)}\n`);
  await rename(written, sumFile(binary));
}

/** What is wrong with a kept binary, in words, or null when it is what was kept, to the byte. It is not run before this was asked. */
export async function changedSince(binary: string): Promise<string | null> {
  let noted: string;
  try {
    noted = (await readFile(sumFile(binary), "utf8")).trim();
  } catch {
    return `${binary} was kept without its SHA-256`;
  }
  return noted === (await sumOf(binary)) ? null : `${binary} is not what was kept: its SHA-256 is another`;
}
