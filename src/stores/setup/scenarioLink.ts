import { notJsonWords } from "../../domain/messages/jsonProblem.ts";
import type { Scenario } from "../../domain/setup/scenario.ts";
import { parseScenario, scenarioDocument, type ParsedScenario } from "../../domain/setup/scenarioSchema.ts";

/**
 * A scenario as text for the fragment of an address, which browsers send to no server: its document as JSON, deflated (RFC 1951), in
 * base64url. A link may come from anybody, so what it can unfold to is bounded.
 */

/** What stands before a scenario in a fragment. */
export const LINK_KEY = "s=";

/** Chats and mail programs cut or break longer addresses. In characters. */
export const LONGEST_IN_CHATS = 2000;

/** No longer text is read at all. In characters. */
const LONGEST_READ = 1_000_000;
/** No link unfolds to more. In bytes. */
const LARGEST_UNFOLDED = 4 * 1024 * 1024;
/** Deflate makes at most 1,032 bytes of one, so that a piece unfolds to a mebibyte at most before it is looked at. In bytes. */
const PIECE = 1024;

export async function encodeScenario(scenario: Scenario): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(scenarioDocument(scenario)));
  const deflated = await bounded(through(json, new CompressionStream("deflate-raw")), Infinity);
  let binary = "";
  for (const byte of deflated) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads what `encodeScenario` wrote, or anything else. Never throws. */
export async function decodeScenario(fragment: string): Promise<ParsedScenario> {
  const text = fragment.length > LONGEST_READ ? fragment : withoutSurroundings(fragment);
  if (text === "") return damaged("It is empty.");
  if (text.length > LONGEST_READ) return damaged(`It is longer than ${LONGEST_READ} characters.`);
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return damaged("It holds characters that no link of Roundtrip has.");
  let json: string;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const deflated = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const bytes = await bounded(through(deflated, new DecompressionStream("deflate-raw")), LARGEST_UNFOLDED);
    json = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (problem) {
    if (problem instanceof TooLarge) return damaged("It would unfold to more than any setup needs.");
    return damaged(
      "A part of it is missing or was changed on its way. Ask for the whole link, or for a file.",
    );
  }
  return parseScenarioText(json);
}

/**
 * A link as it was meant. Chats and mail programs break it by blanks and line ends, put what counts visits after it, and take the full
 * stop, the bracket or the quote behind it for a part of it. None of these is a character of a link.
 */
function withoutSurroundings(fragment: string): string {
  let text = fragment;
  try {
    text = decodeURIComponent(fragment);
  } catch {
    // It holds a % that stands for nothing: what it is, is said below.
  }
  return text
    .replaceAll(/[\s\p{Cf}]+/gu, "")
    .replace(/[&?#].*$/u, "")
    .replace(/[^A-Za-z0-9_-]+$/u, "");
}

/** Reads a scenario's document as text, as it stands in a file. Never throws. */
export function parseScenarioText(text: string): ParsedScenario {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, problems: [notJsonWords(text)] };
  }
  // The file of `Export results` holds the setup that produced the results.
  if (typeof value === "object" && value !== null && Reflect.get(value, "format") === "roundtrip.results") {
    return parseScenario({ roundtrip: 1, setup: Reflect.get(value, "scenario") });
  }
  return parseScenario(value);
}

const damaged = (problem: string): ParsedScenario => ({ ok: false, problems: [problem] });

class TooLarge extends Error {}

function through(
  bytes: Uint8Array<ArrayBuffer>,
  step: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  let offset = 0;
  // Not as a blob: that would give all at once, and all of it would be unfolded before the first of it is counted.
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (offset >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(offset, (offset += PIECE)));
      },
    },
    { highWaterMark: 0 },
  );
  return pieces.pipeThrough(step);
}

async function bounded(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > most) {
      await reader.cancel();
      throw new TooLarge();
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    all.set(chunk, offset);
    offset += chunk.length;
  }
  return all;
}
