import { Dialog } from "radix-ui";
import { useState, type FormEvent } from "react";
import { connectTo } from "../../stores/serverActions.ts";
import { readServerAddress } from "../../stores/serverAddress.ts";
import { serverStore } from "../../stores/serverStore.ts";
import { IN_TAB } from "../../domain/embedded.ts";
import type { ServerAddress } from "../../domain/connection.ts";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import { SelectField } from "../controls/SelectField.tsx";

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

export function ServerDialog({ open, onClose }: Props) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-shade" />
        <Dialog.Content className="dialog">
          <Dialog.Title className="dialog-title">Connect to a server</Dialog.Title>
          <Dialog.Description className="dialog-words">
            Every requester and responder of this page connects to it anew. The address is that of the
            server’s WebSocket, or <code>in-tab</code> for a nats-server in this browser.
          </Dialog.Description>
          <ServerForm onClose={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type Way = ServerAddress["credentials"]["kind"];

const WAYS: readonly { readonly value: Way; readonly words: string }[] = [
  { value: "none", words: "Nothing" },
  { value: "user", words: "User and password" },
  { value: "token", words: "Token" },
];

function ServerForm({ onClose }: { readonly onClose: () => void }) {
  const [url, setUrl] = useState(() => serverStore.getState().address.url);
  const [way, setWay] = useState<Way>(() => serverStore.getState().address.credentials.kind);
  const [user, setUser] = useState("");
  const [secret, setSecret] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const home = serverStore.getState().home;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const checked = readServerAddress(url, credentials(way, user, secret));
    if (!checked.ok) {
      setProblem(checked.problem);
      return;
    }
    connectTo(checked.address);
    onClose();
  };
  return (
    <form className="dialog-form" onSubmit={submit}>
      <Field label="Server address" problem={problem}>
        {(wiring) => (
          <input
            {...wiring}
            className="input input-mono"
            value={url}
            spellCheck={false}
            onChange={(event) => {
              setUrl(event.target.value);
              setProblem(null);
            }}
          />
        )}
      </Field>
      <SelectField label="The server asks for" value={way} options={WAYS} onChange={setWay} />
      {way === "user" && (
        <Field label="User">
          {(wiring) => (
            <input
              {...wiring}
              className="input"
              autoComplete="username"
              value={user}
              onChange={(event) => setUser(event.target.value)}
            />
          )}
        </Field>
      )}
      {way !== "none" && (
        <Field
          label={way === "user" ? "Password" : "Token"}
          hint="Kept in memory until the page is closed; never in an address or in storage."
        >
          {(wiring) => (
            <input
              {...wiring}
              className="input"
              type="password"
              autoComplete="off"
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
          )}
        </Field>
      )}
      <div className="dialog-actions">
        {url !== IN_TAB && (
          <Button
            look="quiet"
            title="The real nats-server, in a worker of this browser: nothing to install"
            onClick={() => setUrl(IN_TAB)}
          >
            Use the server in this browser
          </Button>
        )}
        {home && home.url !== url && (
          <Button look="quiet" onClick={() => setUrl(home.url)}>
            Use the server started with this page
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" type="submit">
          Connect
        </Button>
      </div>
    </form>
  );
}

function credentials(way: Way, user: string, secret: string): ServerAddress["credentials"] {
  switch (way) {
    case "none":
      return { kind: "none" };
    case "user":
      return { kind: "user", user, password: secret };
    case "token":
      return { kind: "token", token: secret };
  }
}
