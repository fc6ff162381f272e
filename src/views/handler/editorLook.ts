import { syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tokenHighlighter } from "../code/tokens.ts";

/** The page's own look: its tokens change with the theme, so the editor does too. Code has the look it has in the Code tab. */
const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--surface-raised)", color: "var(--ink)" },
  "&.cm-focused": { outline: "2px solid var(--focus)", outlineOffset: "-2px" },
  ".cm-scroller": {
    fontFamily: "var(--mono)",
    fontSize: "0.78rem",
    lineHeight: "1.55",
    fontVariantLigatures: "none",
  },
  ".cm-content": { padding: "var(--space-2) 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 var(--space-3)" },
  ".cm-gutters": {
    backgroundColor: "var(--surface-raised)",
    color: "var(--ink-faint)",
    borderRight: "1px solid var(--rule)",
  },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--surface-sunken) 60%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--surface-sunken)", color: "var(--ink)" },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--ink)" },
  "& .cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--focus) 26%, transparent)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--ghost-soft)",
    color: "inherit",
  },
  ".cm-tooltip": {
    border: "1px solid var(--rule-strong)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface-raised)",
    color: "var(--ink)",
    fontSize: "var(--text-sm)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "0.78rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--ink)",
    color: "var(--surface)",
  },
  ".cm-completionDetail": { color: "inherit", opacity: "0.75", fontStyle: "normal" },
  ".cm-completionInfo": { maxWidth: "280px", padding: "var(--space-2)", fontFamily: "var(--sans)" },
  ".cm-diagnostic": { padding: "var(--space-1) var(--space-2)", fontFamily: "var(--sans)" },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--error)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--error)",
    textUnderlineOffset: "3px",
  },
  ".cm-unseen": {
    padding: "0 3px",
    borderRadius: "3px",
    backgroundColor: "var(--error-soft)",
    color: "var(--error)",
    fontSize: "0.85em",
  },
  ".cm-lookalike": { borderBottom: "2px dotted var(--error)" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 2px" },
});

export const editorLook: Extension = [theme, syntaxHighlighting(tokenHighlighter)];
