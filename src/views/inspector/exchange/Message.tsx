import type { Payload } from "../../../domain/events/exchange.ts";
import { formatBytes, formatCount } from "../../../domain/base/formats.ts";
import { parseHeadersBlock } from "../../../domain/messages/headersBlock.ts";
import { CopyButton } from "../CopyButton.tsx";
import { showPayload } from "./showPayload.ts";

/** Headers and payload of a message as they crossed the wire. Always text, whatever they hold. */
export function Message({ payload, what }: { readonly payload: Payload; readonly what: string }) {
  const block = parseHeadersBlock(payload.headers);
  const { text, kind } = showPayload(payload);
  const cut = payload.size > payload.bytes.length;
  return (
    <div className="exchange-message">
      {block && block.status !== null && (
        <p className="mono exchange-status">
          NATS/1.0 {block.status} {block.description}
        </p>
      )}
      {block && block.headers.length > 0 && (
        <dl className="exchange-headers" aria-label={`Headers of the ${what}`}>
          {block.headers.map(({ name, value }, index) => (
            <div key={`${index} ${name}`} className="mono">
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {payload.size === 0 ? (
        block?.status === null && <p className="exchange-words">No payload.</p>
      ) : (
        <>
          <pre
            className="exchange-payload mono"
            role="group"
            tabIndex={0}
            aria-label={`Payload of the ${what}`}
          >
            {text}
          </pre>
          <p className="exchange-size">
            {kind}, {formatBytes(payload.size)}
            {cut && `; the first ${formatCount(payload.bytes.length)} bytes were kept`}
            <CopyButton text={text} what="payload" />
          </p>
        </>
      )}
    </div>
  );
}
