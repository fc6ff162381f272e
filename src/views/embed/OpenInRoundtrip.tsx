import { ExternalLink } from "lucide-react";
import { useEffect, useState } from "react";
import { lessonsStore } from "../../stores/lessons/lessonsStore.ts";
import { peersStore } from "../../stores/peers/peersStore.ts";
import { playbackStore } from "../../stores/record/playbackStore.ts";
import { linkToFullPage } from "../../stores/app/scenarioActions.ts";
import { scenarioStore } from "../../stores/setup/scenarioStore.ts";
import { seedStore } from "../../stores/peers/seedStore.ts";
import { serverStore } from "../../stores/server/serverStore.ts";

/** Changes come in bursts, as peers connect. */
const SETTLES_MS = 100;

/** A link to the full page with the same scenario, in a tab of its own. */
export function OpenInRoundtrip({ className }: { readonly className: string }) {
  // Until the scenario is in it: the page as this one was asked for, without the frame.
  const [href, setHref] = useState(withoutEmbed);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const write = (): void => {
      timer = undefined;
      // Before there is anything, the scenario of the address is on its way.
      if (peersStore.getState().requesters.length + peersStore.getState().responders.length === 0) return;
      void linkToFullPage().then((link) => {
        if (!stopped) setHref(link);
      });
    };
    const later = (): void => {
      timer ??= setTimeout(write, SETTLES_MS);
    };
    later();
    const stores = [peersStore, seedStore, serverStore, lessonsStore, playbackStore, scenarioStore];
    const stops = stores.map((store) => store.subscribe(later));
    return () => {
      stopped = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, []);
  return (
    <a className={className} href={href} target="_blank" rel="noopener">
      Open in Roundtrip <ExternalLink size={14} aria-hidden="true" />
    </a>
  );
}

function withoutEmbed(): string {
  const address = new URL(location.href);
  address.searchParams.delete("embed");
  address.searchParams.delete("theme");
  return address.href;
}
