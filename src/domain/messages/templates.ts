import { jsonProblem, placeIn } from "./jsonProblem.ts";
import { bytesWritten, readBytes, type BytesFormat } from "./payloadBytes.ts";

/** How a payload is written. */
export type PayloadFormat = "json" | "text" | BytesFormat;

export const isBytesFormat = (format: PayloadFormat): format is BytesFormat =>
  format === "hex" || format === "base64";

/** What may stand in a payload between `{{` and `}}`, in words for a form's help. */
export const PLACEHOLDERS: readonly { readonly written: string; readonly words: string }[] = [
  { written: "{{n}}", words: "the number of the call: 1, 2, 3 …" },
  { written: "{{random}}", words: "a random whole number from 0 to 999,999" },
  { written: "{{random 1 1000}}", words: "a random whole number from 1 to 1000, both included" },
  { written: "{{uuid}}", words: "a random UUID" },
  { written: "{{'n'}}", words: "{{n}} as it stands, and so on with anything between the quotes" },
];

const MOST_RANDOM = 999_999;

export type Placeholder =
  | { readonly kind: "n" }
  | { readonly kind: "uuid" }
  | { readonly kind: "random"; readonly min: number; readonly max: number };

interface Part {
  /** Index in the template. */
  readonly at: number;
  /** As it is sent, where it stands for itself. */
  readonly written: string;
  /** Null: stands for itself. */
  readonly placeholder: Placeholder | null;
}

/** A template taken apart once, for many renderings. Its result takes the call's number and a source of 0 ≤ x < 1. */
export function compileTemplate(template: string): (n: number, random: () => number) => string {
  const parts = partsOf(template);
  if (parts.every((part) => part.placeholder === null)) {
    const whole = parts.map(({ written }) => written).join("");
    return () => whole;
  }
  return (n, random) => {
    let text = "";
    for (const { written, placeholder } of parts)
      text += placeholder ? fill(placeholder, n, random) : written;
    return text;
  };
}

/** The same of a payload in any format: a text, or bytes. */
export function compilePayload({
  format,
  template,
}: {
  readonly format: PayloadFormat;
  readonly template: string;
}): (n: number, random: () => number) => string | Uint8Array {
  if (!isBytesFormat(format)) return compileTemplate(template);
  const bytes = bytesWritten(format, template);
  return () => bytes;
}

/** A template as what stands for itself and what is filled in, in order. Nothing for an empty one. */
export const templatePieces = (template: string): readonly (string | Placeholder)[] =>
  partsOf(template).map(({ written, placeholder }) => placeholder ?? written);

/** The payload of call number `n`. What is no placeholder stays as it is written. */
export function renderTemplate(template: string, n: number, random: () => number): string {
  return compileTemplate(template)(n, random);
}

function fill(placeholder: Placeholder, n: number, random: () => number): string {
  switch (placeholder.kind) {
    case "n":
      return String(n);
    case "random":
      return String(placeholder.min + Math.floor(random() * (placeholder.max - placeholder.min + 1)));
    case "uuid":
      return uuid(random);
  }
}

/** A version 4 UUID as RFC 9562 has it, though only as random as `random`. */
function uuid(random: () => number): string {
  return "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx".replace(/[xy]/g, (place) => {
    const digit = Math.floor(random() * 16);
    return (place === "x" ? digit : (digit & 3) | 8).toString(16);
  });
}

function partsOf(template: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const match of template.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const placeholder = readPlaceholder(match[1] ?? "");
    const literal = /^'([^']*)'$/.exec((match[1] ?? "").trim());
    if (literal === null && (placeholder === null || typeof placeholder === "string")) continue;
    if (match.index > done)
      parts.push({ at: done, written: template.slice(done, match.index), placeholder: null });
    if (literal !== null) parts.push({ at: match.index, written: `{{${literal[1]}}}`, placeholder: null });
    else if (placeholder !== null && typeof placeholder !== "string")
      parts.push({ at: match.index, written: match[0], placeholder });
    done = match.index + match[0].length;
  }
  if (done < template.length) parts.push({ at: done, written: template.slice(done), placeholder: null });
  return parts;
}

/** A placeholder, the words for what is wrong with one, or null for something that only looks like one. */
function readPlaceholder(inside: string): Placeholder | string | null {
  const [name = "", ...given] = inside.trim().split(/\s+/);
  switch (name.toLowerCase()) {
    case "n":
      return given.length === 0 ? { kind: "n" } : "{{n}} takes nothing after it: write {{n}}";
    case "uuid":
      return given.length === 0 ? { kind: "uuid" } : "{{uuid}} takes nothing after it: write {{uuid}}";
    case "random": {
      if (given.length === 0) return { kind: "random", min: 0, max: MOST_RANDOM };
      const [min, max] = given.map((word) => (/^[+-]?\d+$/.test(word) ? Number(word) : NaN));
      if (given.length !== 2 || !Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
        return "{{random}} takes two whole numbers or nothing: write {{random 1 1000}}";
      }
      // The check above leaves no undefined, which the compiler cannot see.
      const [from, to] = [min ?? 0, max ?? 0];
      if (from > to)
        return `{{random ${from} ${to}}} has the larger number first: write {{random ${to} ${from}}}`;
      if (!Number.isSafeInteger(to - from))
        return "{{random}} spans too many numbers: bring the two closer together.";
      return { kind: "random", min: from, max: to };
    }
    default:
      return null;
  }
}

export interface PayloadProblem {
  /** What is wrong, where, and what to do: `Line 3, column 1: There is a comma before }: take it away.` */
  readonly message: string;
  /** From 1. Absent when the problem has no place. */
  readonly line?: number;
  /** From 1, in UTF-16 code units. */
  readonly column?: number;
}

/** Twice what a nats-server takes by itself, so that what goes over its limit can be tried. In characters. */
export const LONGEST_TEMPLATE = 2 * 1024 * 1024;
/** A page takes seconds and gigabytes to lay out a field of a million lines. */
const MOST_LINES = 10_000;

/** What is wrong with a template's size, in words; null when nothing is. */
export function checkTemplateSize(template: string): string | null {
  if (template.length > LONGEST_TEMPLATE)
    return `It has ${template.length} characters: use at most ${LONGEST_TEMPLATE}.`;
  let lines = 1;
  for (let at = template.indexOf("\n"); at !== -1; at = template.indexOf("\n", at + 1)) lines++;
  return lines > MOST_LINES ? `It has ${lines} lines: use at most ${MOST_LINES}.` : null;
}

/** The first problem of a payload's template; null when every rendering of it can be sent. */
export function checkPayload(format: PayloadFormat, template: string): PayloadProblem | null {
  const tooLarge = checkTemplateSize(template);
  if (tooLarge !== null) return { message: tooLarge };
  if (isBytesFormat(format)) {
    const read = readBytes(format, template);
    return read.ok ? null : problemAt(template, read.at, read.problem);
  }
  for (const match of template.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const wrong = readPlaceholder(match[1] ?? "");
    if (typeof wrong === "string") return problemAt(template, match.index, wrong);
  }
  if (format === "text") return null;
  if (template.trim() === "") {
    return { message: "The payload is empty, which is not JSON: write {} or choose text." };
  }
  const parts = partsOf(template);
  for (const sample of SAMPLES) {
    const problem = checkSample(template, parts, sample);
    if (problem) return problem;
  }
  return null;
}

type Sample = (placeholder: Placeholder) => string;

/** Placeholders may stand outside quotes, so JSON is judged as rendered: with the least, the greatest, zero and the usual. */
const SAMPLES: readonly Sample[] = [
  (placeholder) => (placeholder.kind === "random" ? String(placeholder.max) : sampleOf(placeholder)),
  (placeholder) => (placeholder.kind === "random" ? String(placeholder.min) : sampleOf(placeholder)),
  (placeholder) =>
    placeholder.kind === "random"
      ? String(Math.max(placeholder.min, Math.min(0, placeholder.max)))
      : sampleOf(placeholder),
];

const sampleOf = (placeholder: Placeholder): string => (placeholder.kind === "n" ? "1" : uuid(() => 0.99));

function checkSample(template: string, parts: readonly Part[], sample: Sample): PayloadProblem | null {
  const texts = parts.map((part) => (part.placeholder ? sample(part.placeholder) : part.written));
  const problem = jsonProblem(texts.join(""));
  if (!problem) return null;
  let start = 0;
  for (const [at, part] of parts.entries()) {
    const length = texts[at]?.length ?? 0;
    if (problem.at < start + length) {
      if (!part.placeholder) return describe(template, part.at + problem.at - start, problem.message);
      const message =
        part.placeholder.kind === "uuid"
          ? '{{uuid}} stands outside quotes, but a UUID is text: write "{{uuid}}".'
          : `${part.written} does not fit here: as a number such as ${texts[at]}, it makes no JSON. ${problem.message}`;
      return problemAt(template, part.at, message);
    }
    start += length;
  }
  return problemAt(template, template.length, problem.message);
}

/** Something in double braces that is no placeholder is the likeliest cause of what the JSON reader stumbles over. */
function describe(template: string, at: number, message: string): PayloadProblem {
  for (const match of template.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const inside = at >= match.index && at < match.index + match[0].length;
    if (inside && readPlaceholder(match[1] ?? "") === null) {
      const known = PLACEHOLDERS.map((placeholder) => placeholder.written).join(", ");
      return problemAt(template, match.index, `${match[0]} is not a placeholder: there are ${known}.`);
    }
  }
  return problemAt(template, at, message);
}

function problemAt(template: string, at: number, what: string): PayloadProblem {
  const { line, column, words } = placeIn(template, at);
  return { message: `${words}: ${what}`, line, column };
}
