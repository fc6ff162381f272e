import * as v from "valibot";
import { ROOM_SUBJECTS } from "./classroom.ts";

const VERSION = 1;
/** Where the teacher is heard. nats-server lets no student publish there. */
export const TEACHER_SPEAKS = `${ROOM_SUBJECTS}.class.teacher.say`;
/** In characters: below what nats-server takes as one message. */
const MOST_TEXT = 900_000;

const Instruction = v.variant("do", [
  v.object({ do: v.literal("open"), scenario: v.unknown() }),
  v.object({ do: v.literal("lesson"), id: v.pipe(v.string(), v.maxLength(60)) }),
  v.object({ do: v.literal("freeze") }),
  v.object({ do: v.literal("thaw") }),
]);

/**
 * What the teacher asks of all pages: to put up a scenario (a document as a link or a file has it), to open a lesson, to freeze the
 * responders or to thaw them.
 */
export type Instruction = v.InferOutput<typeof Instruction>;

/** As it is published; null where it is too long to be. */
export function writeInstruction(instruction: Instruction): string | null {
  const text = JSON.stringify({ v: VERSION, ...instruction });
  return text.length <= MOST_TEXT ? text : null;
}

/** What was read; null for what is none, or of another version. */
export function readInstruction(text: string): Instruction | null {
  if (text.length > MOST_TEXT) return null;
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said !== "object" || said === null || !("v" in said) || said.v !== VERSION) return null;
    const read = v.safeParse(Instruction, said);
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
