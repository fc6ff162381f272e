import type { ReactNode } from "react";
import { policyWords } from "../../domain/setup/policyWords.ts";
import { presetOf } from "../../domain/setup/policyPresets.ts";
import type { RequesterPeer } from "../../stores/peers/peersStore.ts";
import { setAdvanced } from "../../stores/page/settingsStore.ts";
import { useAdvanced } from "./useAdvanced.ts";

interface Props {
  readonly peer: RequesterPeer;
  readonly children: ReactNode;
}

/** All that a first request does not need. Whether it is open holds for every requester, and is remembered. */
export function Advanced({ peer, children }: Props) {
  const open = useAdvanced();
  const { policy, headers } = peer.setup;
  const set = [
    ...(presetOf(policy) === "fixedTimeout" ? [] : [policyWords(policy)]),
    ...(headers.length > 0 ? ["headers"] : []),
  ];
  return (
    <details className="more" open={open}>
      <summary
        aria-label="Advanced"
        onClick={(event) => {
          event.preventDefault();
          setAdvanced(!open);
        }}
      >
        Advanced
        {!open && (
          <span className="advanced-words">{set.join(", ") || "timeout, headers, policy, load"}</span>
        )}
      </summary>
      {open && children}
    </details>
  );
}
