import { randomBytes, randomInt } from "node:crypto";
import {
  CODE_CHARACTERS,
  CODE_LENGTH,
  STUDENT,
  TEACHER,
  TEACHERS_SUBJECTS,
} from "../../src/domain/room/classroom.ts";

/** The secrets of a class. */
export interface ClassRoom {
  /** The students' password: in the link that they open, and on the projector. */
  readonly joinCode: string;
  /** The teacher's password, which only a page that is opened on this machine is told. */
  readonly teacherKey: string;
}

/** So many connections at once: 30 members with a page, a requester and ten responders each. */
const MOST_CONNECTIONS = 400;
/** In bytes: what nats-server allows without a limit. */
const MOST_PAYLOAD = 1_048_576;

export const createClassRoom = (): ClassRoom => ({
  joinCode: Array.from(
    { length: CODE_LENGTH },
    () => CODE_CHARACTERS[randomInt(CODE_CHARACTERS.length)],
  ).join(""),
  teacherKey: randomBytes(24).toString("base64url"),
});

/**
 * Configuration to add to that of nats-server: two users in one account, so that they hear each other. A student may publish nothing
 * that only the teacher may, and nobody is in without a password. nats-server enforces it, whoever connects.
 */
export const classConfiguration = ({ joinCode, teacherKey }: ClassRoom): string => `
accounts {
  CLASS {
    limits { max_connections: ${MOST_CONNECTIONS}, max_payload: ${MOST_PAYLOAD} }
    users: [
      {
        user: ${JSON.stringify(STUDENT)}
        password: ${JSON.stringify(joinCode)}
        permissions { publish: { deny: [${JSON.stringify(TEACHERS_SUBJECTS)}, "$SYS.>"] } }
      }
      { user: ${JSON.stringify(TEACHER)}, password: ${JSON.stringify(teacherKey)} }
    ]
  }
}
`;
