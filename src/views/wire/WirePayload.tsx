import type { Payload } from "../../domain/events/exchange.ts";
import { formatBytes, formatCount } from "../../domain/base/formats.ts";
import { hexDump } from "../../domain/base/bytes.ts";
import { decodeUtf8 } from "../../domain/base/utf8.ts";
import { CopyButton } from "../inspector/CopyButton.tsx";
import { layOutJson, payloadText } from "../inspector/exchange/payloadForms.ts";

const FORMS = ["text", "JSON", "hex"] as const;
export type PayloadForm = (typeof FORMS)[number];

interface Props {
  readonly payload: Payload;
  readonly what: string;
  /** What a person picked to see payloads as, and sees them as where one can be seen so; null for what suits each. */
  readonly picked: PayloadForm | null;
  readonly onPick: (form: PayloadForm) => void;
}

/** A payload in the form that a person picks. Always text, whatever it holds. */
export function WirePayload({ payload, what, picked, onPick }: Props) {
  if (payload.size === 0) return <p className="wire-words">No payload.</p>;
  const text = payloadText(payload);
  const cut = payload.bytes.length < payload.size;
  const json = text === null || cut ? null : layOutJson(text);
  const wished = picked ?? (json !== null ? "JSON" : text !== null ? "text" : "hex");
  const form = wished === "JSON" && json === null ? "text" : wished;
  const shown =
    form === "hex" ? hexDump(payload.bytes) : ((form === "JSON" ? json : text) ?? decodeUtf8(payload.bytes));
  return (
    <div>
      <div className="wire-payload-bar">
        <div className="wire-forms" role="group" aria-label={`Show the ${what} as`}>
          {FORMS.map((each) => (
            <button
              key={each}
              type="button"
              className="wire-chip"
              aria-pressed={form === each}
              disabled={each === "JSON" && json === null}
              title={
                each === "JSON" && json === null
                  ? cut
                    ? "It was not kept whole"
                    : "It is not JSON, or too deep or too long to lay out"
                  : undefined
              }
              onClick={() => onPick(each)}
            >
              {each}
            </button>
          ))}
        </div>
        <span className="wire-payload-size">
          {formatBytes(payload.size)}
          {cut && `, the first ${formatCount(payload.bytes.length)} kept`}
          {text === null && form === "text" && ", not UTF-8"}
        </span>
        <CopyButton text={shown} what={what} />
      </div>
      <pre
        className="wire-bytes mono"
        data-form={form}
        role="group"
        tabIndex={0}
        aria-label={`The ${what} as ${form}`}
      >
        {shown}
      </pre>
    </div>
  );
}
