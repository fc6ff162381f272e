import { useId, useState } from "react";
import { unseenKinds } from "../../domain/base/characters.ts";
import { formatBytes } from "../../domain/base/formats.ts";
import { encodeUtf8 } from "../../domain/base/utf8.ts";
import { readBytes, writeBytes } from "../../domain/messages/payloadBytes.ts";
import {
  checkPayload,
  isBytesFormat,
  LONGEST_TEMPLATE,
  type PayloadFormat,
} from "../../domain/messages/templates.ts";
import type { RequesterSetup } from "../../domain/setup/setup.ts";
import { TextField } from "../controls/TextField.tsx";
import { useAdvanced } from "./useAdvanced.ts";

const FORMATS = [
  { format: "json", words: "JSON" },
  { format: "text", words: "text" },
  { format: "hex", words: "hex" },
  { format: "base64", words: "Base64" },
] as const;

/** Base64 takes four characters for three bytes. */
const LARGEST_FILE = Math.min(1024 * 1024, Math.floor((LONGEST_TEMPLATE * 3) / 4));

const TEMPLATE_HINT = "{{n}} counts up; {{random 1 100}}, {{uuid}} vary";

type Payload = RequesterSetup["payload"];

interface Props {
  readonly payload: Payload;
  readonly onChange: (payload: Payload) => void;
}

/** What is sent: a template of text, or bytes in one of two ways to write them, or those of a file. */
export function PayloadField({ payload, onChange }: Props) {
  const { format, template } = payload;
  const file = useId();
  const [refusal, setRefusal] = useState("");
  const advanced = useAdvanced();

  const take = async (chosen: File): Promise<void> => {
    if (chosen.size > LARGEST_FILE) {
      setRefusal(
        `${chosen.name} has ${formatBytes(chosen.size)}: a payload from a file has at most ${formatBytes(LARGEST_FILE)}.`,
      );
      return;
    }
    try {
      const bytes = new Uint8Array(await chosen.arrayBuffer());
      setRefusal("");
      onChange({ format: "base64", template: writeBytes("base64", bytes) });
    } catch {
      setRefusal(`The browser could not read ${chosen.name}.`);
    }
  };
  return (
    <div className="compose-payload">
      <TextField
        key={format}
        label="Payload"
        rows={advanced ? 3 : 2}
        value={template}
        check={(text) => checkPayload(format, text)?.message ?? null}
        onChange={(text) => onChange({ format, template: text })}
        hint={
          isBytesFormat(format)
            ? sizeWords(payload)
            : (unseenHint(template) ?? (advanced ? TEMPLATE_HINT : undefined))
        }
      />
      <div
        className="segments"
        role="group"
        hidden={!advanced && format === "json"}
        aria-label="Payload format"
      >
        {FORMATS.map(({ format: each, words }) => (
          <button
            key={each}
            type="button"
            className="segment"
            aria-pressed={format === each}
            onClick={() => {
              setRefusal("");
              onChange(rewritten(payload, each));
            }}
          >
            {words}
          </button>
        ))}
        <input
          id={file}
          className="visually-hidden"
          type="file"
          aria-label="Bytes of a file"
          onChange={({ target }) => {
            const chosen = target.files?.[0];
            // The same file may be chosen again once it was changed.
            target.value = "";
            if (chosen) void take(chosen);
          }}
        />
        <label className="segment" htmlFor={file}>
          file
        </label>
      </div>
      {refusal !== "" && (
        <p className="field-problem" role="alert">
          {refusal}
        </p>
      )}
    </div>
  );
}

/** Sent as they are, but not seen: what came along with a copied text is found here before it is looked for elsewhere. */
function unseenHint(template: string): string | null {
  const kinds = unseenKinds(template);
  return kinds === null ? null : `Has ${kinds}, sent as is`;
}

function sizeWords({ format, template }: Payload): string | undefined {
  const read = isBytesFormat(format) ? readBytes(format, template) : null;
  return read?.ok ? `${formatBytes(read.bytes.length)}, sent as they are` : undefined;
}

/** The same payload in another format, where it can be written in it; else what was written stays, to be changed. */
function rewritten({ format, template }: Payload, to: PayloadFormat): Payload {
  if (!isBytesFormat(format) && !isBytesFormat(to)) return { format: to, template };
  const read = isBytesFormat(format) ? readBytes(format, template) : null;
  if (read?.ok === false) return { format: to, template };
  const bytes = read?.bytes ?? encodeUtf8(template);
  if (isBytesFormat(to)) return { format: to, template: writeBytes(to, bytes) };
  try {
    return { format: to, template: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { format: to, template };
  }
}
