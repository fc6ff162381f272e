import type { PeerId } from "../../../domain/events/events.ts";
import { laneId, linesToEach, type Scene } from "./flow.ts";
import { nodeId } from "./places.ts";
import { PORT } from "./ports.ts";
import { rowFor } from "./topology.ts";

/** Who takes part in an exchange: who asked, null for a program elsewhere; and to whom it was delivered. */
export interface Participants {
  readonly requester: PeerId | null;
  readonly subject: string;
  readonly responders: readonly PeerId[];
}

/** The lines that an exchange takes, by their ids, and the row of the server that it crosses. */
export interface ChosenWay {
  readonly lanes: ReadonlySet<string>;
  readonly row: number;
}

export const NO_WAY: ChosenWay = { lanes: new Set(), row: -1 };

/** The way of one exchange from its requester to its responders and back. */
export function wayOf(scene: Scene, { requester, subject, responders }: Participants): ChosenWay {
  const { topology, layout } = scene;
  const row = rowFor(
    topology.rows.map((each) => each.subject),
    subject,
  );
  if (row === -1) return NO_WAY;
  const lanes = new Set<string>();
  const { server } = nodeId;
  const toResponder = (peer: PeerId): void => {
    const group = topology.answers.get(peer);
    if (!group) return;
    const end = linesToEach(layout.density) ? nodeId.responder(peer) : group.id;
    lanes.add(laneId(server, PORT.exit(group.row), end, PORT.answer));
  };
  responders.forEach(toResponder);
  if (requester !== null && topology.answers.has(requester)) toResponder(requester);
  else {
    const asker = requester === null ? nodeId.outsideAsking : nodeId.requester(requester);
    const asked = requester === null ? 0 : (topology.asks.get(requester) ?? row);
    lanes.add(laneId(asker, PORT.out, server, PORT.entry(asked)));
    lanes.add(laneId(server, PORT.repliesOut, asker, PORT.inbox));
  }
  return { lanes, row };
}
