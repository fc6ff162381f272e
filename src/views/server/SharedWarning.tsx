import { useState } from "react";
import { useStore } from "zustand";
import { serverStore } from "../../stores/server/serverStore.ts";
import { Button } from "../controls/Button.tsx";
import { ServerChoice } from "./ServerChoice.tsx";

/** Says, as long as the page talks to a server that is shared with strangers, that they can listen. */
export function SharedWarning() {
  const prefix = useStore(serverStore, ({ address }) => address.prefix);
  const [choosing, setChoosing] = useState(false);
  if (prefix === undefined) return null;
  return (
    <section className="shared" aria-label="Shared server">
      <p>
        <strong>Strangers can listen:</strong> this is a public server. Send nothing private. Your subjects
        begin with <code>{prefix}.</code> on the wire.
      </p>
      <Button look="quiet" onClick={() => setChoosing(true)}>
        Change prefix …
      </Button>
      <ServerChoice open={choosing} onClose={() => setChoosing(false)} />
    </section>
  );
}
