import { checkName } from "../../domain/setup/names.ts";
import type { ResponderSetup } from "../../domain/setup/setup.ts";
import { checkQueueGroup, checkSubscriptionSubject } from "../../domain/messages/subjects.ts";
import { editResponder } from "../../stores/peers/responderActions.ts";
import { namesBeside, type ResponderPeer } from "../../stores/peers/peersStore.ts";
import { NumberField } from "../controls/NumberField.tsx";
import { SelectField } from "../controls/SelectField.tsx";
import { TextField } from "../controls/TextField.tsx";
import { DelayField } from "./DelayField.tsx";
import { HandlerField } from "./HandlerField.tsx";

const HANDLING: readonly { readonly value: ResponderSetup["handling"]; readonly words: string }[] = [
  { value: "concurrent", words: "many at once" },
  { value: "oneAtATime", words: "one at a time" },
];

/** Everything about a responder can be changed as it runs; a change holds from its next request on. */
export function ResponderForm({ peer }: { readonly peer: ResponderPeer }) {
  const { id, setup } = peer;
  const edit = (patch: Partial<ResponderSetup>): void => editResponder(id, patch);
  return (
    <div className="form">
      <TextField
        label="Name"
        value={setup.name}
        check={(name) => checkName(name, namesBeside(id))}
        onLeave
        onChange={(name) => edit({ name })}
      />
      <TextField
        label="Subject"
        value={setup.subject}
        check={checkSubscriptionSubject}
        hint="* matches one word, > matches all the rest"
        onChange={(subject) => edit({ subject })}
      />
      <TextField
        label="Queue group"
        value={setup.queue ?? ""}
        check={(queue) => (queue === "" ? null : checkQueueGroup(queue))}
        placeholder="none: gets every request"
        hint={
          setup.queue === null
            ? "No queue group: it gets every request, as all others do"
            : "The server gives each request to one member of the group"
        }
        onChange={(queue) => edit({ queue: queue === "" ? null : queue })}
      />
      <HandlerField peer={peer} />
      <DelayField delay={setup.delay} onChange={(delay) => edit({ delay })} />
      <SelectField
        label="Concurrency"
        value={setup.handling}
        options={HANDLING}
        hint={
          setup.handling === "oneAtATime"
            ? "Other requests wait until it is done"
            : "Handles every request as it arrives"
        }
        onChange={(handling) => edit({ handling })}
      />
      <div className="form-pair">
        <ShareField
          label="Error replies"
          value={setup.errorShare}
          onChange={(errorShare) => edit({ errorShare })}
        />
        <ShareField
          label="Dropped requests"
          value={setup.dropShare}
          onChange={(dropShare) => edit({ dropShare })}
        />
      </div>
    </div>
  );
}

interface ShareProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (share: number) => void;
}

/** A share of all requests, written in per cent. */
function ShareField({ label, value, onChange }: ShareProps) {
  return (
    <NumberField
      label={label}
      unit="%"
      value={Number((value * 100).toFixed(4))}
      min={0}
      max={100}
      onChange={(percent) => onChange(percent / 100)}
    />
  );
}
