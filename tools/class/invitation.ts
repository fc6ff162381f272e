import { renderUnicodeCompact } from "uqr";
import type { ClassSeat } from "../../src/domain/room/classroom.ts";
import { joinAddresses } from "./addresses.ts";
import type { ClassRoom } from "./classRoom.ts";

type TeachersSeat = Extract<ClassSeat, { readonly role: "teacher" }>;

/** What the teacher's page is told: how others join, at the address that was asked for or at all that this machine has. */
export function teachersSeat(room: ClassRoom, host: string | null, port: number): TeachersSeat {
  return {
    role: "teacher",
    key: room.teacherKey,
    joinCode: room.joinCode,
    links: joinAddresses(host).map((address) => `http://${address}:${port}/#join=${room.joinCode}`),
  };
}

/** How a class joins, for the terminal: the links, and the first of them for cameras. */
export function invitationLines({ joinCode, links }: TeachersSeat): readonly string[] {
  const [first, ...others] = links;
  if (first === undefined) {
    return [
      "  No network: this machine has no address that others could reach. Connect it, and start this again.",
      `  The join code is ${joinCode}.`,
    ];
  }
  return [
    `  Join ${first}`,
    ...others.map((link) => `    or ${link}`),
    `  The join code is ${joinCode}.`,
    "",
    ...renderUnicodeCompact(first, { border: 2 })
      .split("\n")
      .map((line) => `  ${line}`),
  ];
}
