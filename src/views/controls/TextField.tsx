import { useState, type ChangeEvent } from "react";
import { keepLineEnds } from "../../domain/base/lineEnds.ts";
import { Field } from "./Field.tsx";

interface Props {
  readonly label: string;
  readonly value: string;
  /** What is wrong with a text, or null. A text that is wrong is shown with its problem and changes nothing. */
  readonly check: (text: string) => string | null;
  readonly onChange: (text: string) => void;
  readonly hint?: string | undefined;
  readonly placeholder?: string;
  readonly mono?: boolean;
  /** More than one makes it a text area. */
  readonly rows?: number;
  readonly list?: string;
  /** Give the change only when the field is left or Enter is pressed: for changes that cost a connection. */
  readonly onLeave?: boolean;
}

export function TextField(props: Props) {
  const {
    label,
    value,
    check,
    onChange,
    hint,
    placeholder,
    mono = true,
    rows = 1,
    list,
    onLeave = false,
  } = props;
  const [draft, setDraft] = useState({ text: value, of: value });
  // The value changed elsewhere (an undo, another view): what was being written is dropped.
  if (draft.of !== value) setDraft({ text: value, of: value });
  const problem = check(draft.text);

  const give = (text: string): void => {
    if (text !== value && check(text) === null) {
      onChange(text);
      setDraft({ text, of: text });
    }
  };
  const write = (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>): void => {
    const text = keepLineEnds(draft.text, event.target.value);
    if (onLeave || check(text) !== null) setDraft({ text, of: value });
    else {
      setDraft({ text, of: text });
      onChange(text);
    }
  };
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(wiring) => {
        const shared = {
          ...wiring,
          className: mono ? "input input-mono" : "input",
          value: draft.text,
          placeholder,
          onChange: write,
          onBlur: () => give(draft.text),
          spellCheck: false,
          autoComplete: "off",
        };
        return rows > 1 ? (
          <textarea {...shared} rows={rows} />
        ) : (
          <input
            {...shared}
            list={list}
            onKeyDown={(event) => {
              if (event.key === "Enter") give(draft.text);
            }}
          />
        );
      }}
    </Field>
  );
}
