import * as v from "valibot";
import { checkSeen } from "../base/characters.ts";
import { IN_TAB } from "../server/inTabServer.ts";
import { SPEEDS } from "../replay/playback.ts";
import type { Scenario } from "./scenario.ts";
import { number, object, saidBy, text } from "./schemaParts.ts";
import { problemsOf, setupSchema } from "./setupSchema.ts";

/**
 * The version that this Roundtrip writes, and the newest it reads. 2 has handlers of one's own; 3 has what stands beside the setup; 4 has
 * payloads of bytes. All of those before is still valid. `docs/scenario.md` describes every member: change the two together.
 */
const VERSION = 4;

const LONGEST_TITLE = 80;
const LONGEST_NOTE = 400;
const LONGEST_ADDRESS = 500;

/** How a scenario is written down: with a version, so that a later Roundtrip can read it and an earlier one can say why it cannot. */
export interface ScenarioDocument extends Scenario {
  readonly roundtrip: typeof VERSION;
}

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  /** In words, each with its place, such as `setup, responder 2, subject: …`. */
  | { readonly ok: false; readonly problems: readonly string[] };

export function scenarioDocument(scenario: Scenario): ScenarioDocument {
  return { roundtrip: VERSION, ...scenario };
}

/** Reads what `scenarioDocument` wrote, or anything else. Never throws. */
export function parseScenario(value: unknown): ParsedScenario {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "roundtrip")) {
    return {
      ok: false,
      problems: ['It is no setup of Roundtrip: it has no member "roundtrip" with a version.'],
    };
  }
  const version: unknown = Reflect.get(value, "roundtrip");
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1) {
    return { ok: false, problems: ['Its version, the member "roundtrip", should be a whole number.'] };
  }
  if (version > VERSION) {
    return {
      ok: false,
      problems: [
        `It comes from a newer Roundtrip: its version is ${version}, and this one reads up to ${VERSION}. Reload the page, or update Roundtrip.`,
      ],
    };
  }
  const parsed = v.safeParse(scenarioSchema, value);
  if (!parsed.success) return { ok: false, problems: problemsOf(parsed.issues, "scenario") };
  const { roundtrip: _, ...scenario } = parsed.output;
  return { ok: true, scenario };
}

/** What is wrong with a title, in words; null when nothing is. */
export function checkTitle(title: string): string | null {
  if (title.trim() === "") return "Give it a name.";
  if (title.length > LONGEST_TITLE) return `It has ${title.length} characters: use at most ${LONGEST_TITLE}.`;
  if (/\p{Cc}/u.test(title)) return "It holds a control character, such as a line break.";
  return checkSeen(title);
}

/** What is wrong with a note, in words; null when nothing is. */
export function checkNote(note: string): string | null {
  if (note.trim() === "") return "Write something, or leave it out.";
  if (note.length > LONGEST_NOTE) return `It has ${note.length} characters: use at most ${LONGEST_NOTE}.`;
  if (/\p{Cc}/u.test(note.replaceAll("\n", ""))) return "It holds a control character.";
  return checkSeen(note.replaceAll("\n", ""));
}

/** An address is data here: whether to connect to it is for the person to say. */
function checkServer(server: string): string | null {
  if (server === IN_TAB) return null;
  if (server.length > LONGEST_ADDRESS) return `It is longer than ${LONGEST_ADDRESS} characters.`;
  if (/^wss?:\/\/[^/?#]*@/.test(server)) return "It should hold no user and no password.";
  return /^wss?:\/\/[^\s/?#@]+([/?#]\S*)?$/.test(server) ? null : "It should be a ws:// or wss:// address.";
}

const id = v.pipe(text, v.regex(/^[a-z][a-zA-Z0-9-]{0,60}$/, "It should be a short name of letters."));

const scenarioSchema = object({
  roundtrip: v.number(),
  title: v.exactOptional(v.pipe(text, saidBy(checkTitle))),
  note: v.exactOptional(v.pipe(text, saidBy(checkNote))),
  server: v.exactOptional(v.pipe(text, saidBy(checkServer))),
  lesson: v.exactOptional(id),
  view: v.exactOptional(
    object({
      tab: v.exactOptional(id),
      slowdown: v.exactOptional(
        v.pipe(
          number(),
          v.minValue(1, "It should be at least 1."),
          v.maxValue(Math.max(...SPEEDS), `It should be at most ${Math.max(...SPEEDS)}.`),
        ),
      ),
      presenting: v.exactOptional(v.boolean("It should be true or false.")),
    }),
  ),
  setup: setupSchema,
});
