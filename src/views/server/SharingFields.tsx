import { checkPrefix } from "../../domain/messages/sharedServer.ts";
import { otherPrefix } from "../../stores/server/sharedServersStore.ts";
import { Button } from "../controls/Button.tsx";
import { CheckField } from "../controls/CheckField.tsx";
import { Field } from "../controls/Field.tsx";

interface Props {
  /** Everyone knows that it is shared: that is not for a person to deny. */
  readonly known: boolean;
  readonly shared: boolean;
  readonly prefix: string;
  readonly onShared: (shared: boolean) => void;
  readonly onPrefix: (prefix: string) => void;
}

/** Whether the server is shared with strangers, and the prefix of this page's subjects there. */
export function SharingFields({ known, shared, prefix, onShared, onPrefix }: Props) {
  return (
    <div className="sharing">
      {known ? (
        <p className="sharing-known">This is a public server: anyone can listen.</p>
      ) : (
        <CheckField label="Public server: prefix my subjects" checked={shared} onChange={onShared} />
      )}
      {shared && (
        <div className="sharing-prefix">
          <Field label="Prefix of your subjects" problem={checkPrefix(prefix)}>
            {(wiring) => (
              <input
                {...wiring}
                className="input input-mono"
                value={prefix}
                spellCheck={false}
                autoCapitalize="none"
                onChange={(event) => onPrefix(event.target.value)}
              />
            )}
          </Field>
          <Button onClick={() => onPrefix(otherPrefix())}>New prefix</Button>
          <p className="field-hint sharing-words">
            On the wire <code>user.get</code> becomes <code>{prefix}.user.get</code>, so that other people’s
            responders do not answer you. They can still listen.
          </p>
        </div>
      )}
    </div>
  );
}
