import { AlertDialog } from "radix-ui";
import { useStore } from "zustand";
import { answerServerOffer } from "../../stores/app/scenarioActions.ts";
import { scenarioStore } from "../../stores/setup/scenarioStore.ts";
import { Button } from "../controls/Button.tsx";
import { NoNotices } from "../controls/Notices.tsx";
import "./share.css";

/** Asks before the page connects to a server that somebody else chose. */
export function ServerOffer() {
  const offer = useStore(scenarioStore, ({ serverOffer }) => serverOffer);
  return (
    <AlertDialog.Root open={offer !== null}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-shade" />
        <AlertDialog.Content className="dialog" onEscapeKeyDown={() => answerServerOffer(false)}>
          <NoNotices />
          <AlertDialog.Title className="dialog-title">Connect to another server?</AlertDialog.Title>
          <AlertDialog.Description className="dialog-words">
            The link or address that you opened names the server below. Whoever runs it sees your setup and
            every request that you send there, and can answer. You can stay: the setup works here too.
          </AlertDialog.Description>
          <p className="share-offer" translate="no">
            {offer}
          </p>
          <div className="dialog-actions">
            <AlertDialog.Cancel asChild>
              <Button look="primary" onClick={() => answerServerOffer(false)}>
                Stay on this server
              </Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button onClick={() => answerServerOffer(true)}>Connect to it</Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
