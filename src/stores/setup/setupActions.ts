import type { ScenarioWords } from "../../domain/setup/scenario.ts";
import type { Setup } from "../../domain/setup/setup.ts";
import { DEFAULT_PLAN, DEFAULT_SETUP } from "../../domain/setup/defaultSetup.ts";
import { offerUndo } from "../page/history.ts";
import { killRequesterLink, killResponderLink, linkRequester, linkResponder } from "../peers/peerLinks.ts";
import { newPeerId, peersStore, rememberName } from "../peers/peersStore.ts";
import { rememberRequester } from "../peers/requesterActions.ts";
import { NO_WORDS, scenarioStore } from "./scenarioStore.ts";
import { seedStore } from "../peers/seedStore.ts";
import { select } from "../page/selectionStore.ts";
import { currentSetup } from "./setupStorage.ts";

/** Replaces everything that is put up by what a setup says, and starts it. `words` tell about it. */
export function loadSetup(setup: Setup, words: ScenarioWords = NO_WORDS): void {
  const { responders, requesters } = peersStore.getState();
  select(null);
  for (const peer of responders) {
    rememberName(peer.id, peer.setup.name);
    killResponderLink(peer.id, "removed", null);
  }
  for (const peer of requesters) {
    rememberRequester(peer);
    killRequesterLink(peer.id, "removed", null);
  }
  scenarioStore.setState({ words, shown: true });
  seedStore.setState({ seed: setup.seed });
  peersStore.setState({
    responders: setup.responders.map((each) => ({
      id: newPeerId(),
      setup: each,
      state: "starting",
      reason: null,
      since: 0,
    })),
    requesters: setup.requesters.map((each) => ({
      id: newPeerId(),
      setup: each,
      state: "starting",
      reason: null,
      plan: DEFAULT_PLAN,
      load: null,
      asked: 0,
    })),
  });
  const now = peersStore.getState();
  for (const peer of now.responders) linkResponder(peer.id);
  for (const peer of now.requesters) linkRequester(peer.id);
}

/** Back to the first screen: one requester, one responder. Can be undone. */
export function startAfresh(): void {
  const before = currentSetup();
  const { words } = scenarioStore.getState();
  loadSetup(DEFAULT_SETUP);
  offerUndo("The setup is back to one requester and one responder.", () => loadSetup(before, words));
}
