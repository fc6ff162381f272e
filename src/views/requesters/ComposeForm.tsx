import { checkName } from "../../domain/setup/names.ts";
import { checkPublishSubject } from "../../domain/messages/subjects.ts";
import { checkPayload } from "../../domain/messages/templates.ts";
import { editRequester } from "../../stores/peers/requesterActions.ts";
import { namesBeside, type RequesterPeer } from "../../stores/peers/peersStore.ts";
import { SelectField } from "../controls/SelectField.tsx";
import { TextField } from "../controls/TextField.tsx";
import { HeadersField } from "./HeadersField.tsx";
import { SendTraced } from "./SendTraced.tsx";

const FORMATS = ["json", "text"] as const;
const INBOXES = [
  { value: "multiplexed", words: "one for all requests" },
  { value: "perRequest", words: "one for each request" },
] as const;

/** What a requester asks: everything is checked as it is written, and what is wrong changes nothing. */
export function ComposeForm({ peer }: { readonly peer: RequesterPeer }) {
  const { id, setup } = peer;
  const { payload } = setup;
  return (
    <div className="compose">
      <TextField
        label="Subject"
        value={setup.subject}
        check={checkPublishSubject}
        onChange={(subject) => editRequester(id, { subject })}
      />
      <div className="compose-payload">
        <div className="segments" role="group" aria-label="Payload format">
          {FORMATS.map((format) => (
            <button
              key={format}
              type="button"
              className="segment"
              aria-pressed={payload.format === format}
              onClick={() => editRequester(id, { payload: { ...payload, format } })}
            >
              {format === "json" ? "JSON" : "text"}
            </button>
          ))}
        </div>
        <TextField
          key={payload.format}
          label="Payload"
          rows={3}
          value={payload.template}
          check={(template) => payloadProblem(payload.format, template)}
          onChange={(template) => editRequester(id, { payload: { ...payload, template } })}
          hint="{{n}} counts up; {{random 1 100}}, {{uuid}} vary"
        />
      </div>
      <details className="more">
        <summary>
          Name, inbox, headers, trace{setup.headers.length > 0 && ` (${setup.headers.length})`}
        </summary>
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
                ? "SUB, UNSUB and PUB for each request; late replies and duplicates end at the server"
                : "One SUB for all; the last token of the reply subject tells requests apart"
            }
            onChange={(inbox) => editRequester(id, { inbox })}
          />
          <HeadersField headers={setup.headers} onChange={(headers) => editRequester(id, { headers })} />
          <SendTraced peer={peer} />
        </div>
      </details>
    </div>
  );
}

function payloadProblem(format: "json" | "text", template: string): string | null {
  return checkPayload(format, template)?.message ?? null;
}
