import { useState, type FormEvent } from "react";
import { useStore } from "zustand";
import { connectTo } from "../../stores/peers/serverActions.ts";
import { rememberServer } from "../../stores/server/knownServers.ts";
import { readServerAddress } from "../../stores/server/serverAddress.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { noteSharing, sharedServersStore, sharingOf } from "../../stores/server/sharedServersStore.ts";
import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { checkPrefix } from "../../domain/messages/sharedServer.ts";
import type { ServerAddress } from "../../domain/server/connection.ts";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import { SelectField } from "../controls/SelectField.tsx";
import { ServersAtHand } from "./ServersAtHand.tsx";
import { SharingFields } from "./SharingFields.tsx";

type Way = ServerAddress["credentials"]["kind"];

const WAYS: readonly { readonly value: Way; readonly words: string }[] = [
  { value: "none", words: "Nothing" },
  { value: "user", words: "User and password" },
  { value: "token", words: "Token" },
];

/** Where to connect to, and as whom. The address decides what else there is to say. */
export function ServerForm({ onClose }: { readonly onClose: () => void }) {
  const [url, setUrl] = useState(() => serverStore.getState().address.url);
  const [way, setWay] = useState<Way>(() => serverStore.getState().address.credentials.kind);
  const [user, setUser] = useState("");
  const [secret, setSecret] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  /** What the person said of this address; null where they have not. */
  const [said, setSaid] = useState<boolean | null>(null);
  const [prefix, setPrefix] = useState(() => sharedServersStore.getState().prefix);
  const home = useStore(serverStore, (state) => state.home);

  const inTab = url.trim() === IN_TAB;
  const read = readServerAddress(url, { kind: "none" });
  const sharing = sharingOf(read.ok ? read.address.url : url);
  const shared = !inTab && (sharing.known || (said ?? sharing.prefix !== null));
  const goTo = (next: string): void => {
    setUrl(next);
    setProblem(null);
    setSaid(null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const checked = readServerAddress(url, inTab ? { kind: "none" } : credentials(way, user, secret));
    if (!checked.ok) return setProblem(checked.problem);
    if (shared && checkPrefix(prefix) !== null) return;
    if (!inTab) noteSharing(checked.address.url, shared, prefix);
    rememberServer(checked.address.url);
    connectTo(checked.address);
    onClose();
  };
  return (
    <form className="dialog-form" onSubmit={submit}>
      <ServersAtHand chosen={url.trim()} home={home?.url ?? null} onChoose={goTo} />
      <Field
        label="Server address"
        problem={problem}
        hint={inTab ? undefined : "The address of its WebSocket, such as wss://host:port"}
      >
        {(wiring) => (
          <input
            {...wiring}
            className="input input-mono"
            value={url}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => goTo(event.target.value)}
          />
        )}
      </Field>
      {!inTab && (
        <>
          <SelectField label="The server asks for" value={way} options={WAYS} onChange={setWay} />
          {way !== "none" && (
            <div className={way === "user" ? "dialog-pair" : undefined}>
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
              <Field label={way === "user" ? "Password" : "Token"}>
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
              <p className="field-hint">
                Kept in memory until the page is closed; never in an address or in storage.
              </p>
            </div>
          )}
          <SharingFields
            known={sharing.known}
            shared={shared}
            prefix={prefix}
            onShared={setSaid}
            onPrefix={setPrefix}
          />
        </>
      )}
      <div className="dialog-actions">
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
