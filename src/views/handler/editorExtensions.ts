import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { javascript, javascriptLanguage, localCompletionSource } from "@codemirror/lang-javascript";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, lintKeymap, linter, type Diagnostic } from "@codemirror/lint";
import { EditorState, StateEffect, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { completeInterface } from "./completions.ts";
import { namedCharacters } from "./namedCharacters.ts";
import { editorLook } from "./editorLook.ts";

export interface EditorHooks {
  readonly label: string;
  readonly describedBy: string;
  onChange(text: string): void;
  onApply(): void;
  /** What to mark in the text of now. */
  diagnose(state: EditorState): readonly Diagnostic[];
}

/** What is to be marked has changed, though the text has not. */
export const markAnew = StateEffect.define<null>();

/** Everything that makes the editor what it is. */
export function editorExtensions(hooks: EditorHooks): Extension {
  const apply = (): boolean => {
    hooks.onApply();
    return true;
  };
  return [
    lineNumbers(),
    lintGutter(),
    // Nothing stands beyond the edge of what is seen.
    EditorView.lineWrapping,
    namedCharacters,
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    EditorState.tabSize.of(2),
    indentUnit.of("  "),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    javascript(),
    javascriptLanguage.data.of({ autocomplete: completeInterface }),
    javascriptLanguage.data.of({ autocomplete: localCompletionSource }),
    autocompletion({ icons: false }),
    linter(({ state }) => hooks.diagnose(state), {
      delay: 250,
      needsRefresh: ({ transactions }) =>
        transactions.some(({ effects }) => effects.some((effect) => effect.is(markAnew))),
    }),
    keymap.of([
      { key: "Mod-Enter", run: apply },
      { key: "Mod-s", run: apply },
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      // Escape and then Tab leaves the editor all the same: CodeMirror sees to it.
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({
      "aria-label": hooks.label,
      "aria-describedby": hooks.describedBy,
      // It can be focused without; this says so to who looks for how the keyboard can scroll it.
      tabindex: "0",
    }),
    EditorView.domEventHandlers({
      keydown(event) {
        // What the editor does with Escape is no one else's.
        if (event.key === "Escape") event.stopPropagation();
        return false;
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) hooks.onChange(update.state.doc.toString());
    }),
    editorLook,
  ];
}
