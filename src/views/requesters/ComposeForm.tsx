import { checkPublishSubject } from "../../domain/messages/subjects.ts";
import { editRequester } from "../../stores/peers/requesterActions.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { TextField } from "../controls/TextField.tsx";
import { PayloadField } from "./PayloadField.tsx";

/** What a requester asks: everything is checked as it is written, and what is wrong changes nothing. */
export function ComposeForm({ peer }: { readonly peer: RequesterPeer }) {
  const { id, setup } = peer;
  return (
    <div className="compose">
      <TextField
        label="Subject"
        value={setup.subject}
        check={checkPublishSubject}
        onChange={(subject) => editRequester(id, { subject })}
      />
      <PayloadField payload={setup.payload} onChange={(payload) => editRequester(id, { payload })} />
    </div>
  );
}
