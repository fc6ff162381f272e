import { useState } from "react";
import { Field } from "../controls/Field.tsx";
import { readHeaders, writeHeaders } from "./headerLines.ts";
import type { Header } from "../../domain/messages/headersBlock.ts";

interface Props {
  readonly headers: readonly Header[];
  readonly onChange: (headers: readonly Header[]) => void;
}

/** Headers as they stand on the wire: a line each. */
export function HeadersField({ headers, onChange }: Props) {
  const [draft, setDraft] = useState(() => ({ text: writeHeaders(headers), of: headers }));
  // They changed elsewhere: what was being written gives way.
  if (draft.of !== headers) setDraft({ text: writeHeaders(headers), of: headers });
  const read = readHeaders(draft.text);
  return (
    <Field label="Headers" problem={read.ok ? null : read.problem} hint="One per line, Name: value">
      {(wiring) => (
        <textarea
          {...wiring}
          className="input input-mono"
          rows={2}
          spellCheck={false}
          value={draft.text}
          placeholder="Trace-Id: 42"
          onChange={(event) => {
            const text = event.target.value;
            const next = readHeaders(text);
            setDraft({ text, of: next.ok ? next.headers : headers });
            if (next.ok) onChange(next.headers);
          }}
        />
      )}
    </Field>
  );
}
