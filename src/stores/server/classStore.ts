import { createStore } from "zustand/vanilla";
import { readMemberName, type ClassSeat } from "../../domain/room/classroom.ts";
import { browserStorage } from "../page/browserStorage.ts";

/** What this page has to do with a class. */
export type ClassState =
  | { readonly kind: "none" }
  /** A person is asked who they are; nothing is connected before. */
  | {
      readonly kind: "asked";
      readonly name: string;
      /** As the link has it; empty where it has none. */
      readonly joinCode: string;
      readonly joining: boolean;
      /** Why they are not in, after they tried; empty for nothing. */
      readonly problem: string;
    }
  | { readonly kind: "student"; readonly name: string }
  | { readonly kind: "teacher"; readonly seat: Extract<ClassSeat, { readonly role: "teacher" }> };

export const classStore = createStore<ClassState>(() => ({ kind: "none" }));

const NAME_KEY = "roundtrip.memberName";

export const rememberedName = (): string => readMemberName(browserStorage().getItem(NAME_KEY) ?? "") ?? "";

export const rememberMember = (name: string): void => browserStorage().setItem(NAME_KEY, name);

/** A connection's name at the server: whose it is comes first where a class is connected. */
export function connectionName(name: string): string {
  const state = classStore.getState();
  return state.kind === "student" ? `${state.name}: ${name}` : name;
}
