import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { expect, test } from "vitest";
import { completeInterface } from "./completions.ts";

/** What is offered at `|`. */
function offered(marked: string): string[] | null {
  const pos = marked.indexOf("|");
  const state = EditorState.create({ doc: marked.replace("|", "") });
  const result = completeInterface(new CompletionContext(state, pos, true));
  return result && result.options.map(({ label }) => label).toSorted();
}

async function membersOf(name: string): Promise<string[]> {
  const source = await readFile(join(import.meta.dirname, "../../handlers/interface.ts"), "utf8");
  const [, body = ""] = new RegExp(`export interface ${name} \\{([\\s\\S]*?)\\n\\}`).exec(source) ?? [];
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)[:(]/gm)].map(([, member = ""]) => member).toSorted();
}

test("every member of the handler interface is offered, by whatever names its two parameters have", async () => {
  const [request, context] = [await membersOf("Request"), await membersOf("Context")];
  expect(request).toContain("json");
  expect(context).toContain("ask");
  expect(offered("export default function (request, context) { context.|")).toEqual(context);
  expect(offered("export default async (message, its) => { its.a|")).toEqual(context);
  expect(offered("export default async (message, its) => { message.|")).toEqual(request);
});

test("what an ask gives is a request too", async () => {
  const source =
    "export default async (request, context) => {\n const user = await context.ask('a');\n user.|";
  expect(offered(source)).toEqual(await membersOf("Request"));
});

test("nothing is made up for what it does not know", () => {
  expect(offered("export default (request, context) => { other.|")).toBeNull();
  expect(offered("export default (request, context) => { context.state.|")).toBeNull();
});
