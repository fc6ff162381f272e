import { IN_TAB } from "../../domain/server/inTabServer.ts";
import { describeReason } from "../../domain/narration/describeReason.ts";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { lessonsStore } from "../../stores/lessons/lessonsStore.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { scenarioStore } from "../../stores/setup/scenarioStore.ts";
import { retryConnection } from "../../stores/peers/serverActions.ts";
import { serverStore } from "../../stores/server/serverStore.ts";
import { Button } from "../controls/Button.tsx";
import { OpenInRoundtrip } from "./OpenInRoundtrip.tsx";

/** What does not work here, and why: above all what a person has to agree to, which nobody can do in a frame. */
export function LeftToFullPage() {
  const code = useStore(peersStore, ({ responders }) =>
    responders
      .filter(({ state }) => state === "unreviewed")
      .map(({ setup }) => setup.name)
      .join(", "),
  );
  const offer = useStore(scenarioStore, ({ serverOffer }) => serverOffer);
  const connection = useStore(serverStore, (state) => state.connection);
  const inTab = useStore(serverStore, ({ address }) => address.url === IN_TAB);
  const problem = useStore(lessonsStore, (lessons) => lessons.problem);
  return (
    <>
      {offer !== null && (
        <Told label="Another server" leads>
          It is made for the server <code>{offer}</code>. A framed page cannot ask you to agree to that. The
          full page can.
        </Told>
      )}
      {code !== "" && (
        <Told label="Code not reviewed" leads>
          {code} would run code that came with the link. A framed page cannot ask you to agree to that. Review
          the code in the full page.
        </Told>
      )}
      {problem !== null && <Told label="Lesson">{problem}</Told>}
      {(connection.kind === "reconnecting" || connection.kind === "failed") && (
        <Told
          label="Connection trouble"
          leads
          does={<Button onClick={retryConnection}>Try again now</Button>}
        >
          {inTab
            ? "A framed page uses only the nats-server in the browser."
            : "The server cannot be reached."}{" "}
          {describeReason(connection.reason)}
        </Told>
      )}
    </>
  );
}

interface ToldProps {
  readonly label: string;
  /** Whether the full page helps. */
  readonly leads?: boolean;
  readonly does?: ReactNode;
  readonly children: ReactNode;
}

function Told({ label, leads = false, does, children }: ToldProps) {
  return (
    <section className="guest-told" aria-label={label}>
      <p>{children}</p>
      {leads && <OpenInRoundtrip className="button" />}
      {does}
    </section>
  );
}
