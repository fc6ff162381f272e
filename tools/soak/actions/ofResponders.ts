import { chosenPeer, PRESS_MS, type Action, type ActionContext } from "../action.ts";
import { oneOf } from "../plan.ts";

const MOST_RESPONDERS = 12;

/** Presses a button of one of the responders that has it. */
const onResponder =
  (button: string) =>
  async (context: ActionContext): Promise<string | null> => {
    const name = await chosenPeer(context, "responders", context.numbers[0], button);
    if (name === undefined) return null;
    await context.playground
      .responder(name)
      .getByRole("button", { name: button, exact: true })
      .click({ timeout: PRESS_MS });
    return name;
  };

/** What a person tries, by what it does. */
const PROGRAMS: Readonly<Record<string, string>> = {
  answers: "export default (request) => ({ given: request.json() });",
  "takes its time":
    "export default async () => { await new Promise((resolve) => setTimeout(resolve, 100)); return {}; };",
  "fails now and then":
    'let n = 0;\nexport default () => { if (n++ % 3 === 0) throw new Error("the third"); return { n }; };',
  logs: "export default (request, context) => { context.log(request.text()); return {}; };",
  "asks nobody":
    'export default async (request, context) => { await context.ask("nobody.there", {}); return {}; };',
  "never answers": "export default () => new Promise(() => {});",
  "is no JavaScript": "export default (request => {",
  "loops for ever": "export default () => { for (;;); };",
};

export const RESPONDER_ACTIONS: readonly [Action, ...Action[]] = [
  {
    name: "add responder",
    weight: 5,
    async do({ playground }) {
      const count = await playground.responders.getByRole("group").count();
      if (count >= MOST_RESPONDERS) return null;
      await playground.responders.getByRole("button", { name: "Add responder" }).click();
      return `to ${count}`;
    },
  },
  { name: "kill", weight: 4, do: onResponder("Kill") },
  { name: "start", weight: 4, do: onResponder("Start") },
  { name: "freeze", weight: 3, do: onResponder("Freeze") },
  { name: "thaw", weight: 4, do: onResponder("Thaw") },
  { name: "drain", weight: 3, do: onResponder("Drain") },
  { name: "remove", weight: 2, do: onResponder("Remove") },
  {
    name: "duplicate",
    weight: 2,
    async do(context) {
      const count = await context.playground.responders.getByRole("group").count();
      return count >= MOST_RESPONDERS ? null : onResponder("Duplicate")(context);
    },
  },
  {
    name: "edit responder",
    weight: 4,
    async do(context) {
      const [which, what, value] = context.numbers;
      const { playground } = context;
      const name = await chosenPeer(context, "responders", which);
      if (name === undefined) return null;
      await playground.inspect(name);
      const queue = playground.inspector.getByLabel("Queue group");
      const text = what < 0.5 ? "users" : value < 0.5 ? "" : "others";
      await queue.fill(text, { timeout: PRESS_MS });
      await queue.press("Enter");
      return `${name}: queue group “${text}”`;
    },
  },
  {
    name: "edit handler",
    weight: 3,
    async do(context) {
      const [which, what, back] = context.numbers;
      const { playground } = context;
      const { results } = playground;
      const name = await chosenPeer(context, "responders", which);
      const program = oneOf(Object.keys(PROGRAMS), what);
      if (name === undefined || program === undefined) return null;
      await playground.responder(name).getByRole("button", { name: "Edit handler" }).click();
      const reset = results.getByRole("button", { name: "Reset handler", exact: true, disabled: false });
      await results.getByLabel("Handler source").waitFor();
      if (back < 0.3 && (await reset.isVisible())) {
        await reset.click({ timeout: PRESS_MS });
        return `${name}: back to the one it began as`;
      }
      await results.getByLabel("Handler source").fill(PROGRAMS[program] ?? "");
      const apply = results.getByRole("button", { name: "Apply", exact: true, disabled: false });
      if (await apply.isVisible()) await apply.click({ timeout: PRESS_MS });
      return `${name}: it ${program}`;
    },
  },
];
