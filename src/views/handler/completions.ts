import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { snippetCompletion } from "@codemirror/autocomplete";

/** The members of src/handlers/interface.ts, in its words. */
const REQUEST_MEMBERS: readonly Completion[] = [
  { label: "subject", type: "property", detail: "string", info: "The subject that the request was sent to." },
  {
    label: "text",
    type: "property",
    detail: "string",
    info: "The payload as text. Bytes that are not UTF-8 read as �.",
  },
  { label: "data", type: "property", detail: "Uint8Array", info: "The payload as it crossed the wire." },
  {
    label: "headers",
    type: "property",
    detail: "{ name: value }",
    info: "The first value of each header, by its name as sent.",
  },
  snippetCompletion("json()", {
    label: "json",
    type: "method",
    detail: "() → any",
    info: "The payload parsed as JSON. Throws a SyntaxError if it is not JSON.",
  }),
];

const CONTEXT_MEMBERS: readonly Completion[] = [
  { label: "name", type: "property", detail: "string", info: "The responder's name." },
  {
    label: "state",
    type: "property",
    detail: "object",
    info: "State between requests. Lives as long as the responder.",
  },
  snippetCompletion('ask("${subject}", ${payload})', {
    label: "ask",
    type: "method",
    detail: "(subject, payload?, { timeoutMs, headers }?) → Promise<request>",
    info: "Asks another service through this responder's own connection; headers are { name: value }. Throws an error whose outcome says why there is no reply.",
  }),
  snippetCompletion("sleep(${100})", {
    label: "sleep",
    type: "method",
    detail: "(ms) → Promise",
    info: "Waits. Other requests are handled meanwhile.",
  }),
  snippetCompletion("random()", {
    label: "random",
    type: "method",
    detail: "() → number",
    info: "0 ≤ n < 1, from the responder's seed.",
  }),
  snippetCompletion("log(${})", {
    label: "log",
    type: "method",
    detail: "(...parts)",
    info: "Shown on the responder.",
  }),
];

/** Completes what a handler is given: the members of its two parameters, by whatever names they have, and of the reply to an `ask`. */
export function completeInterface(context: CompletionContext): CompletionResult | null {
  const member = context.matchBefore(/[\w$]+\.[\w$]*/);
  const [request, its] = parametersIn(context.state.sliceDoc());
  if (member) {
    const [owner = "", begun = ""] = member.text.split(".");
    const from = member.to - begun.length;
    if (owner === request) return { from, options: REQUEST_MEMBERS, validFor: WORD };
    if (owner === its) return { from, options: CONTEXT_MEMBERS, validFor: WORD };
    if (isReply(context, owner, its)) return { from, options: REQUEST_MEMBERS, validFor: WORD };
    return null;
  }
  const word = context.matchBefore(/[\w$]+/);
  if (!word || context.matchBefore(/\.[\w$]*/)) return null;
  return {
    from: word.from,
    options: [
      { label: request, type: "variable", detail: "the request" },
      { label: its, type: "variable", detail: "the handler's context" },
    ],
    validFor: WORD,
  };
}

const WORD = /^[\w$]*$/;

/** The names of the handler's two parameters; the usual ones where it has none. */
function parametersIn(source: string): [request: string, context: string] {
  const found =
    /export\s+default\s+(?:async\s+)?(?:function\s*[\w$]*\s*)?\(\s*([\w$]+)?\s*(?:,\s*([\w$]+))?/.exec(
      source,
    );
  return [found?.[1] ?? "request", found?.[2] ?? "context"];
}

/** `const user = await context.ask(…)` makes `user` a reply. */
function isReply(context: CompletionContext, owner: string, its: string): boolean {
  const before = context.state.sliceDoc(0, context.pos);
  const escaped = (name: string): string => name.replace(/\$/g, "\\$");
  return new RegExp(`\\b${escaped(owner)}\\s*=\\s*await\\s+${escaped(its)}\\.ask\\b`).test(before);
}
