import { checkName } from "../../domain/setup/names.ts";
import { editRequester } from "../../stores/peers/requesterActions.ts";
import { namesBeside, type RequesterPeer } from "../../stores/peers/peersStore.ts";
import { SelectField } from "../controls/SelectField.tsx";
import { TextField } from "../controls/TextField.tsx";
import { HeadersField } from "./HeadersField.tsx";
import { SendTraced } from "./SendTraced.tsx";

const INBOXES = [
  { value: "multiplexed", words: "one for all requests" },
  { value: "perRequest", words: "one for each request" },
] as const;

/** What a requester has besides a subject and a payload. */
export function MoreFields({ peer }: { readonly peer: RequesterPeer }) {
  const { id, setup } = peer;
  return (
    <details className="more">
      <summary>Name, inbox, headers, trace{setup.headers.length > 0 && ` (${setup.headers.length})`}</summary>
      <div className="compose-more">
        <TextField
          label="Name"
          value={setup.name}
          check={(name) => checkName(name, namesBeside(id))}
          onLeave
          onChange={(name) => editRequester(id, { name })}
        />
        <SelectField
          label="Inbox"
          value={setup.inbox ?? "multiplexed"}
          options={INBOXES}
          hint={
            setup.inbox === "perRequest"
              ? "SUB, UNSUB and PUB for each request; the server drops late and duplicate replies"
              : "One SUB for all requests; the last token of the reply subject identifies each"
          }
          onChange={(inbox) => editRequester(id, { inbox })}
        />
        <HeadersField headers={setup.headers} onChange={(headers) => editRequester(id, { headers })} />
        <SendTraced peer={peer} />
      </div>
    </details>
  );
}
