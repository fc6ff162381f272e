import {
  readInstruction,
  TEACHER_SPEAKS,
  writeInstruction,
  type Instruction,
} from "../../domain/room/teaching.ts";
import type { Scenario } from "../../domain/setup/scenario.ts";
import { parseScenario, scenarioDocument } from "../../domain/setup/scenarioSchema.ts";
import { sameSetup, type Setup } from "../../domain/setup/setup.ts";
import { lessonEntry } from "../../lessons/catalogue.ts";
import { openLesson } from "../lessons/lessonsStore.ts";
import { notify } from "../page/noticesStore.ts";
import { DEFAULT_SETUP } from "../../domain/setup/defaultSetup.ts";
import { peersStore } from "../peers/peersStore.ts";
import { freezeResponder, thawResponder } from "../peers/responderActions.ts";
import { currentSetup } from "../setup/setupStorage.ts";
import { roomLink } from "./roomLink.ts";
import { currentScenario, openScenario } from "./scenarioActions.ts";

/** Tells all pages of the class to do something. */
export function teach(instruction: Instruction, done: string): void {
  const text = writeInstruction(instruction);
  if (text === null)
    return void notify("bad", "The setup is too large to send: make its handlers or payloads shorter.");
  roomLink()?.say(TEACHER_SPEAKS, text);
  notify("neutral", done);
}

/** The setup of this page, without its server: everybody has the class’s. */
export function teachSetup(): void {
  const { server: _, ...scenario } = currentScenario();
  teach({ do: "open", scenario: scenarioDocument(scenario) }, "Your setup was sent to everybody.");
}

/** What the teacher sent last: whoever has that unchanged has no work of their own to lose. */
let taught: Setup | null = null;

/** Does what the teacher said, in a student's page. A setup or a lesson takes the place of a person's own work only when they agree. */
export function followTeacher(text: string): void {
  const instruction = readInstruction(text);
  switch (instruction?.do) {
    case undefined:
      return;
    case "freeze":
      return everyResponder(freezeResponder, "The teacher froze your responders.");
    case "thaw":
      return everyResponder(thawResponder, "The teacher thawed your responders.");
    case "lesson": {
      const { id } = instruction;
      const title = lessonEntry(id)?.title;
      if (title !== undefined) offer(`The teacher opens the lesson “${title}”.`, () => void openLesson(id));
      return;
    }
    case "open": {
      const parsed = parseScenario(instruction.scenario);
      if (!parsed.ok) return;
      const { server: _, ...scenario } = parsed.scenario;
      const named = scenario.title === undefined ? "a setup" : `“${scenario.title}”`;
      offer(`The teacher sends ${named}.`, () => take(scenario));
    }
  }
}

function take(scenario: Scenario): void {
  openScenario(scenario, "the teacher’s setup");
  taught = currentSetup();
}

/** At once where a person has changed nothing, else when they press the button; what they had stays under Setups. */
function offer(words: string, accept: () => void): void {
  const setup = currentSetup();
  const isUntouched = sameSetup(setup, DEFAULT_SETUP) || (taught !== null && sameSetup(setup, taught));
  if (isUntouched) accept();
  else notify("offer", `${words} What you have now stays under Setups.`, { label: "Open it", run: accept });
}

function everyResponder(act: (id: number) => void, words: string): void {
  const { responders } = peersStore.getState();
  for (const { id } of responders) act(id);
  notify("neutral", words);
}
