import { X } from "lucide-react";
import { useState } from "react";
import { formatCount } from "../../domain/base/formats.ts";
import { parseHeadersBlock } from "../../domain/messages/headersBlock.ts";
import { frameText, hasBody, readFrame, type WireFrame } from "../../domain/frames/wireLines.ts";
import { explainFrame } from "../../domain/frames/wireWords.ts";
import { nameOf } from "../../stores/peers/peersStore.ts";
import { recordStore } from "../../stores/record/recordStore.ts";
import { IconButton } from "../controls/IconButton.tsx";
import { CopyButton } from "../inspector/CopyButton.tsx";
import { frameTime, toneOf } from "./frameWords.ts";
import { LineWords } from "./LineWords.tsx";
import { WirePayload, type PayloadForm } from "./WirePayload.tsx";

interface Props {
  readonly number: number;
  readonly onClose: () => void;
}

/** One frame: what it does, what it says, and its very bytes. */
export function WireDetail({ number, onClose }: Props) {
  const [form, setForm] = useState<PayloadForm | null>(null);
  const frame = readFrame(recordStore.getState().record, number);
  return (
    // Focusable, so that the keyboard can scroll it.
    <section className="wire-detail" aria-label="Selected line" tabIndex={0}>
      <IconButton className="wire-close" label="Close" hint="clear selection" onClick={onClose}>
        <X size={15} />
      </IconButton>
      {frame ? (
        <Told frame={frame} form={form} onForm={setForm} />
      ) : (
        <p className="wire-words">This line is no longer in the record.</p>
      )}
    </section>
  );
}

interface ToldProps {
  readonly frame: WireFrame;
  readonly form: PayloadForm | null;
  readonly onForm: (form: PayloadForm) => void;
}

function Told({ frame, form, onForm }: ToldProps) {
  const { verb, payload, textsGone } = frame;
  const block = parseHeadersBlock(payload.headers);
  const carries = hasBody(verb) || verb === "INFO" || verb === "CONNECT";
  return (
    <>
      <p className="wire-line mono">
        {hasBody(verb) || verb === "SUB" || verb === "UNSUB" ? (
          <LineWords frame={frame} />
        ) : (
          <span data-piece="verb" data-tone={toneOf(frame)}>
            {carries ? verb : frameText(frame)}
          </span>
        )}
        <CopyButton text={frameText(frame)} what="line" />
      </p>
      <p className="wire-words">{explainFrame(frame)}</p>
      {textsGone && <p className="wire-words">The rest was discarded to make room for newer traffic.</p>}
      {block && (block.status !== null || block.headers.length > 0) && (
        <dl className="wire-headers mono" aria-label="Headers">
          {block.status !== null && (
            <div>
              <dt>NATS/1.0</dt>
              <dd>
                {block.status} {block.description}
              </dd>
            </div>
          )}
          {block.headers.map(({ name, value }, index) => (
            <div key={`${index} ${name}`}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {carries && !textsGone && (
        <WirePayload
          payload={payload}
          what={hasBody(verb) ? "payload" : "JSON"}
          picked={form}
          onPick={onForm}
        />
      )}
      <dl className="wire-facts">
        {factsOf(frame).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="mono">{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What its line says, word by word. */
function factsOf(frame: WireFrame): readonly (readonly [name: string, value: string])[] {
  const name = nameOf(frame.peer);
  const all: readonly (readonly [string, string])[] = [
    ["crossed", frame.direction === "out" ? `${name} → nats-server` : `nats-server → ${name}`],
    ["at", frameTime(frame.at)],
    ["bytes", frame.bytes === null ? "" : formatCount(frame.bytes)],
    ["subject", frame.subject],
    ["reply subject", frame.reply],
    ["queue group", frame.queue],
    ["sid", frame.sid === null ? "" : String(frame.sid)],
    ["after", frame.max > 0 ? `${frame.max} messages` : ""],
  ];
  return all.filter(([, value]) => value !== "");
}
