import { checkQueueGroup, checkSubscriptionSubject } from "../../domain/messages/subjects.ts";
import type { ResponderSetup } from "../../domain/setup/setup.ts";
import type { ResponderPeer } from "../../stores/peers/peersStore.ts";
import { editResponders } from "../../stores/peers/responderActions.ts";
import { Button } from "../controls/Button.tsx";
import { Field } from "../controls/Field.tsx";
import { TextField } from "../controls/TextField.tsx";
import { DelayField } from "./DelayField.tsx";
import { HandlerSelect } from "./HandlerSelect.tsx";

/** Changes several responders alike. Where they differ a field is empty, and changes nothing until it is written in. */
export function RespondersForm({ peers }: { readonly peers: readonly ResponderPeer[] }) {
  const edit = (patch: Partial<ResponderSetup>): void =>
    editResponders(
      peers.map(({ id }) => id),
      patch,
    );
  const subject = shared(peers, "subject");
  const queue = shared(peers, "queue");
  return (
    <div className="form">
      <TextField
        label="Subject"
        value={subject ?? ""}
        check={(text) => (subject === undefined && text === "" ? null : checkSubscriptionSubject(text))}
        placeholder="different subjects"
        onChange={(text) => edit({ subject: text })}
      />
      <TextField
        label="Queue group"
        value={queue ?? ""}
        check={(text) => (text === "" ? null : checkQueueGroup(text))}
        placeholder={queue === undefined ? "different groups" : "none: each gets every request"}
        onChange={(text) => edit({ queue: text === "" ? null : text })}
      />
      {queue === undefined && (
        <div>
          <Button onClick={() => edit({ queue: null })}>No queue group for all of them</Button>
        </div>
      )}
      <Field label="Handler">
        {({ id }) => (
          <HandlerSelect
            id={id}
            handler={shared(peers, "handler") ?? null}
            onChange={(handler) => edit({ handler })}
          />
        )}
      </Field>
      <DelayField delay={shared(peers, "delay") ?? null} onChange={(delay) => edit({ delay })} />
    </div>
  );
}

/** What is the same for all of them; undefined where they differ. */
function shared<Member extends keyof ResponderSetup>(
  peers: readonly ResponderPeer[],
  member: Member,
): ResponderSetup[Member] | undefined {
  const [first, ...others] = peers.map(({ setup }) => setup[member]);
  const written = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === written) ? first : undefined;
}
