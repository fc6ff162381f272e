import {
  readJoinCode,
  readMemberName,
  STUDENT,
  TEACHER,
  type ClassSeat,
} from "../../domain/room/classroom.ts";
import type { ConnectionState } from "../../domain/server/connection.ts";
import { describeReason } from "../../domain/narration/describeReason.ts";
import { connectTo } from "../peers/serverActions.ts";
import { classStore, rememberedName, rememberMember } from "../server/classStore.ts";
import { serverStore } from "../server/serverStore.ts";

const JOIN_KEY = "join=";

/** The join code in the page's address, as the link has it; empty for none. */
const codeInAddress = (): string =>
  location.hash.startsWith(`#${JOIN_KEY}`) ? location.hash.slice(JOIN_KEY.length + 1) : "";

/** Resolves when this page is in the class: at once for the teacher, else when a person has said who they are and the server took it. */
export async function enterClass(seat: ClassSeat, url: string): Promise<void> {
  if (seat.role === "teacher") {
    classStore.setState({ kind: "teacher", seat }, true);
    connectTo({ url, credentials: { kind: "user", user: TEACHER, password: seat.key } });
    return;
  }
  const name = rememberedName();
  const joinCode = codeInAddress();
  classStore.setState({ kind: "asked", name, joinCode, joining: false, problem: "" }, true);
  const entered = new Promise<void>((resolve) => {
    const stop = classStore.subscribe((state) => {
      if (state.kind !== "student") return;
      stop();
      resolve();
    });
  });
  serverStore.setState({ address: { url, credentials: { kind: "none" } } });
  // Who reloads comes back as who they were.
  if (name !== "" && wasReloaded()) join(name, joinCode);
  return entered;
}

/** Tries to get in. What is wrong with the name or the code is in the store afterwards. */
export function join(writtenName: string, writtenCode: string): void {
  const state = classStore.getState();
  if (state.kind !== "asked" || state.joining) return;
  const name = readMemberName(writtenName);
  const joinCode = readJoinCode(writtenCode);
  const ask = (problem: string): void =>
    classStore.setState({ kind: "asked", name: writtenName, joinCode: writtenCode, joining: false, problem });
  if (name === null) return ask("Write the name that the others will see.");
  if (joinCode === null)
    return ask("The join code has six letters and digits. Your teacher’s page shows it.");
  classStore.setState({ ...state, name, joinCode, joining: true, problem: "" }, true);
  const stop = serverStore.subscribe(({ connection }) => {
    const problem = whyNot(connection);
    if (problem === null) return;
    stop();
    if (problem !== "") return ask(problem);
    rememberMember(name);
    // So that a reload, or the same address in another tab, needs no code again.
    history.replaceState(history.state, "", `#${JOIN_KEY}${joinCode}`);
    classStore.setState({ kind: "student", name }, true);
  });
  const { url } = serverStore.getState().address;
  connectTo({ url, credentials: { kind: "user", user: STUDENT, password: joinCode } });
}

/** Why a connection does not let anybody in; empty where it does, null while that is not known. */
function whyNot(connection: ConnectionState): string | null {
  switch (connection.kind) {
    case "connected":
      return "";
    case "connecting":
      return null;
    case "closed":
      return "The connection was closed. Try again.";
    case "reconnecting":
    case "failed": {
      const { reason } = connection;
      if (reason.kind === "loginRefused")
        return "That is not the code of this class. Look at your teacher’s page.";
      if (reason.kind === "serverEnded" && /maximum .*connections/i.test(reason.error))
        return "The class is full: its nats-server takes no more connections.";
      return `The class cannot be reached, or it is over. ${describeReason(reason)}`;
    }
  }
}

function wasReloaded(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return entry !== undefined && "type" in entry && entry.type === "reload";
}
