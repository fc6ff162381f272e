import { AlertDialog } from "radix-ui";
import { useStore } from "zustand";
import { answerSetupOffer } from "../../stores/app/scenarioActions.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { scenarioStore } from "../../stores/setup/scenarioStore.ts";
import { Button } from "../controls/Button.tsx";
import { NoNotices } from "../controls/Notices.tsx";
import "./share.css";

/** So many subjects are listed; how many more there are is said. */
const MOST_LISTED = 8;

/** Asks before a link subscribes and sends on a server that did not come with the page. */
export function SetupOffer() {
  const offer = useStore(scenarioStore, ({ setupOffer }) => setupOffer);
  const url = useStore(serverStore, ({ address }) => address.url);
  if (offer === null) return null;
  const { responders, requesters } = offer.setup;
  return (
    <AlertDialog.Root open>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-shade" />
        <AlertDialog.Content className="dialog" onEscapeKeyDown={() => answerSetupOffer(false)}>
          <NoNotices />
          <AlertDialog.Title className="dialog-title">
            Open the link’s setup on this server?
          </AlertDialog.Title>
          <AlertDialog.Description className="dialog-words">
            The page is connected to the server below, which did not come with it. Other programs on that
            server would receive its requests and answer them.
          </AlertDialog.Description>
          <p className="share-offer" translate="no">
            {url}
          </p>
          <Subjects
            title="It subscribes to, and answers on"
            subjects={responders.map(({ subject, queue }) =>
              queue === null ? subject : `${subject} (queue ${queue})`,
            )}
          />
          <Subjects title="It is ready to send to" subjects={requesters.map(({ subject }) => subject)} />
          <div className="dialog-actions">
            <AlertDialog.Cancel asChild>
              <Button look="primary" onClick={() => answerSetupOffer(false)}>
                Do not open it
              </Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button onClick={() => answerSetupOffer(true)}>Open it here</Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

function Subjects({ title, subjects }: { readonly title: string; readonly subjects: readonly string[] }) {
  const different = [...new Set(subjects)];
  if (different.length === 0) return null;
  const more = different.length - MOST_LISTED;
  return (
    <>
      <p className="share-offer-title">{title}</p>
      <ul className="share-offer-subjects">
        {different.slice(0, MOST_LISTED).map((subject) => (
          <li key={subject} translate="no">
            {subject}
          </li>
        ))}
        {more > 0 && <li>… and {more} more</li>}
      </ul>
    </>
  );
}
