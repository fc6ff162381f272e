import { forceLinting, type Diagnostic } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useImperativeHandle, useRef, type Ref } from "react";
import { editorExtensions, markAnew } from "./editorExtensions.ts";

export interface EditorHandle {
  /** Puts the cursor at an offset, in view, and the focus there. */
  goTo(offset: number): void;
}

interface Props {
  readonly source: string;
  readonly describedBy: string;
  readonly onChange: (source: string) => void;
  readonly onApply: () => void;
  /** What to mark in a source. A new function marks anew. */
  readonly diagnose: (source: string) => readonly Diagnostic[];
  readonly handle: Ref<EditorHandle>;
}

/** The editor as a controlled field. Its own history outlives what comes from outside, so a reset can be undone in it too. */
export function HandlerEditor({ source, describedBy, onChange, onApply, diagnose, handle }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  /** The newest of what the editor calls; it is made once. */
  const hooks = useRef({ onChange, onApply, diagnose });
  useEffect(() => {
    hooks.current = { onChange, onApply, diagnose };
  });

  const first = useRef(source);
  useEffect(() => {
    if (place.current === null) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: editorExtensions({
          label: "Handler source",
          describedBy,
          onChange: (text) => hooks.current.onChange(text),
          onApply: () => hooks.current.onApply(),
          diagnose: (state) => hooks.current.diagnose(state.doc.toString()),
        }),
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [describedBy]);

  useEffect(() => {
    const { current } = view;
    if (!current || current.state.doc.toString() === source) return;
    current.dispatch({ changes: { from: 0, to: current.state.doc.length, insert: source } });
  }, [source]);

  useEffect(() => {
    const { current } = view;
    if (!current) return;
    current.dispatch({ effects: markAnew.of(null) });
    forceLinting(current);
  }, [diagnose]);

  useImperativeHandle(handle, () => ({
    goTo(offset) {
      const { current } = view;
      if (!current) return;
      const anchor = Math.min(offset, current.state.doc.length);
      current.dispatch({
        selection: { anchor },
        effects: EditorView.scrollIntoView(anchor, { y: "center" }),
      });
      current.focus();
    },
  }));

  return <div ref={place} className="handler-editor" />;
}
