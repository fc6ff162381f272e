/** The two users of a class at its nats-server, which grants them different things. */
export const STUDENT = "student";
export const TEACHER = "teacher";

/** Subjects on which a room's own messages travel; none of them is a learner's. */
export const ROOM_SUBJECTS = "_RT";

/** What only the teacher's user may publish, in every room. */
export const TEACHERS_SUBJECTS = `${ROOM_SUBJECTS}.*.teacher.>`;

/** Letters and digits that nobody takes for another when they read a code aloud or from a projector. */
export const CODE_CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
export const CODE_LENGTH = 6;

/** A join code as a person writes it: in any case, with spaces or dashes. Null for what is none. */
export function readJoinCode(text: string): string | null {
  const code = text.replace(/[\s-]+/g, "").toUpperCase();
  const isCode = code.length === CODE_LENGTH && [...code].every((each) => CODE_CHARACTERS.includes(each));
  return isCode ? code : null;
}

const LONGEST_NAME = 40;

/** A member's name on one line, without what cannot be seen; null where nothing is left. */
export function readMemberName(text: string): string | null {
  const name = text
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return name === "" ? null : [...name].slice(0, LONGEST_NAME).join("").trim();
}

/** What the page's server tells a page of the class that it opened. */
export type ClassSeat =
  | { readonly role: "student" }
  | {
      readonly role: "teacher";
      /** The teacher's password. */
      readonly key: string;
      readonly joinCode: string;
      /** Where pages of the class open, one for each address of the machine. */
      readonly links: readonly string[];
    };
