import { X } from "lucide-react";
import { Suspense, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { select, selectionStore, type Selection } from "../../stores/page/selectionStore.ts";
import { IconButton } from "../controls/IconButton.tsx";
import { later } from "../controls/later.tsx";
import { LatestSteps } from "./exchange/LatestSteps.tsx";

const ExchangeDetail = later(async () => (await import("./exchange/ExchangeDetail.tsx")).ExchangeDetail);
const MessageDetail = later(async () => (await import("./exchange/MessageDetail.tsx")).MessageDetail);
const RequesterDetail = later(async () => (await import("./RequesterDetail.tsx")).RequesterDetail);
const ResponderDetail = later(async () => (await import("./ResponderDetail.tsx")).ResponderDetail);
const RespondersDetail = later(async () => (await import("./RespondersDetail.tsx")).RespondersDetail);
const ServerDetail = later(async () => (await import("./server/ServerDetail.tsx")).ServerDetail);
const UnsentDetail = later(async () => (await import("./exchange/UnsentDetail.tsx")).UnsentDetail);

export function Inspector() {
  const selected = useStore(selectionStore, (state) => state.selected);
  const body = useRef<HTMLDivElement>(null);
  // What is newly selected is read from its beginning.
  useEffect(() => {
    // Nothing is returned: `scrollTo` gives a promise in newer browsers.
    body.current?.scrollTo(0, 0);
  }, [selected]);
  return (
    <section className="inspector" aria-label="Inspector" translate="no">
      <div className="inspector-heading">
        <h2>{selected === null ? "How a request travels" : TITLES[selected.kind]}</h2>
        {selected !== null && (
          <IconButton label="Close" hint="clear selection (Esc)" onClick={() => select(null)}>
            <X size={15} />
          </IconButton>
        )}
      </div>
      {/* Focusable, so that the keyboard can scroll what holds nothing to focus. */}
      <div ref={body} className="inspector-body" tabIndex={0}>
        <Suspense fallback={null}>
          <Selected selected={selected} />
        </Suspense>
      </div>
    </section>
  );
}

const TITLES: Readonly<Record<Selection["kind"], string>> = {
  requester: "Requester",
  responder: "Responder",
  responders: "Several responders",
  exchange: "Exchange",
  unsent: "Call",
  message: "Message",
  server: "Server",
};

function Selected({ selected }: { readonly selected: Selection | null }) {
  // Of the peers only what is shown: under load, their progress changes many times a second.
  const requester = useStore(peersStore, ({ requesters }) =>
    selected?.kind === "requester" ? requesters.find((each) => each.id === selected.id) : undefined,
  );
  const responder = useStore(peersStore, ({ responders }) =>
    selected?.kind === "responder" ? responders.find((each) => each.id === selected.id) : undefined,
  );
  // Read with `nameOf` by what is shown.
  useStore(peersStore, ({ requesters, responders }) =>
    [...requesters, ...responders].map(({ setup }) => setup.name).join("\n"),
  );
  switch (selected?.kind) {
    case "exchange":
      return <ExchangeDetail seq={selected.seq} />;
    case "unsent":
      return <UnsentDetail number={selected.number} />;
    case "message":
      return <MessageDetail number={selected.number} />;
    case "server":
      return <ServerDetail />;
    case "responder":
      return responder ? <ResponderDetail key={responder.id} peer={responder} /> : <LatestSteps />;
    case "responders":
      return <RespondersDetail ids={selected.ids} />;
    case "requester":
      return requester ? <RequesterDetail key={requester.id} peer={requester} /> : <LatestSteps />;
    case undefined:
      return <LatestSteps />;
  }
}
