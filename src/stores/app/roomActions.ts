import {
  ALL_PRESENCES,
  heard,
  present,
  PRESENCE_MS,
  presenceSubject,
  readPresence,
  writePresence,
  type Presence,
} from "../../domain/room/presence.ts";
import { TEACHER_SPEAKS } from "../../domain/room/teaching.ts";
import { readCounters } from "../../domain/record/counters.ts";
import { stepsDone } from "../lessons/lessonProgress.ts";
import { lessonsStore } from "../lessons/lessonsStore.ts";
import { pageNow } from "../page/clock.ts";
import { peersStore } from "../peers/peersStore.ts";
import { recordStore } from "../record/recordStore.ts";
import { classStore } from "../server/classStore.ts";
import { rosterStore } from "../server/rosterStore.ts";
import { openRoomLink, roomLink } from "./roomLink.ts";
import { followTeacher } from "./teachingActions.ts";

const ID_LENGTH = 16;
const ID_KEY = "roundtrip.memberId";

/** Says who this page is, as long as it is there, or hears who the others are: for whoever is in a class. */
export function takePartInRoom(): void {
  const { kind } = classStore.getState();
  if (kind === "student") sayPresence();
  if (kind === "teacher") hearPresences();
}

function sayPresence(): void {
  const id = memberId();
  const since = pageNow();
  const say = (leaves = false): void => {
    const state = classStore.getState();
    if (state.kind !== "student") return;
    const presence = { ...ownPresence(state.name, since), ...(leaves && { leaves }) };
    roomLink()?.say(presenceSubject(id), writePresence(presence));
  };
  openRoomLink(
    (opened) => {
      opened.hear(TEACHER_SPEAKS);
      say();
    },
    (_subject, text) => followTeacher(text),
    () => say(true),
  );
  setInterval(say, PRESENCE_MS);
}

function ownPresence(name: string, since: number): Omit<Presence, "v"> {
  const { responders, requesters } = peersStore.getState();
  const { calls, served } = readCounters(recordStore.getState().record);
  const { lesson } = lessonsStore.getState();
  const { replied } = calls.outcomes;
  return {
    name,
    since,
    lesson: lesson && {
      title: lesson.title.slice(0, 100),
      done: stepsDone(lesson.id).length,
      of: lesson.steps.length,
    },
    responders: responders.length,
    requesters: requesters.length,
    started: calls.started,
    replied,
    failed: calls.started - calls.inFlight - replied,
    served,
  };
}

function hearPresences(): void {
  openRoomLink(
    (opened) => opened.hear(ALL_PRESENCES),
    (subject, text) => {
      const member = readPresence(subject, text, pageNow());
      if (member !== null) rosterStore.setState(({ members }) => ({ members: heard(members, member) }));
    },
  );
  setInterval(() => {
    const { members } = rosterStore.getState();
    const now = present(members, pageNow());
    if (now !== members) rosterStore.setState({ members: now });
  }, PRESENCE_MS / 3);
}

/** The same after a reload of this tab. */
function memberId(): string {
  const made = Array.from(crypto.getRandomValues(new Uint8Array(ID_LENGTH)), (byte) =>
    (byte % 36).toString(36).toUpperCase(),
  ).join("");
  try {
    const kept = sessionStorage.getItem(ID_KEY);
    if (kept !== null) return kept;
    sessionStorage.setItem(ID_KEY, made);
  } catch {
    // Where site data is blocked, each load is a member of its own.
  }
  return made;
}
