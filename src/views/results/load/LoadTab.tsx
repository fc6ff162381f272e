import { useStore } from "zustand";
import { externalReplies, subjectsAnsweredOutside, SURE_AFTER_MS } from "../../../domain/record/outside.ts";
import { subjectMatches } from "../../../domain/messages/subjects.ts";
import { groupOutside, listenersTo, type HeardSubscription } from "../../../domain/server/subscribers.ts";
import { firstReceivedAt, readPeerCounters } from "../../../domain/record/peerCounters.ts";
import { peersStore } from "../../../stores/peers/peersStore.ts";
import { recordStore } from "../../../stores/record/recordStore.ts";
import { formatCounted } from "../../../domain/base/formats.ts";
import { wastedWork } from "../messages/ghosts.ts";
import { clockStepMs, pageNow } from "../../../stores/page/clock.ts";
import { formatMeasured } from "../latency/measured.ts";
import { LoadGroup } from "./LoadGroup.tsx";
import { groupShares } from "./loadGroups.ts";
import { useHeard } from "../../inspector/server/useHeard.ts";
import { useLater, useRecordEvery } from "../../record/useRecord.ts";
import "./load.css";

/** The names of those outside that subscribe, in brackets; nothing where none is known. */
function namesOf(listeners: readonly HeardSubscription[]): string {
  const names = new Set(listeners.filter(({ ours }) => !ours).map(({ by }) => by));
  return names.size === 0 ? "" : ` (${[...names].slice(0, 5).join(", ")}${names.size > 5 ? ", …" : ""})`;
}

/** Who got how much: each subject with its queue groups, and what a random choice would give. */
export function LoadTab() {
  const version = useRecordEvery(100);
  // Once more when it is sure who answered the last ones.
  useLater(version, SURE_AFTER_MS);
  const responders = useStore(peersStore, (state) => state.responders);
  const heard = useHeard(true);
  const { record } = recordStore.getState();
  const groups = groupShares(
    responders.map(({ id, setup, state, since }) => {
      const { received, replied, errors } = readPeerCounters(record, id);
      return {
        id,
        name: setup.name,
        subject: setup.subject,
        queue: setup.queue,
        state,
        since,
        firstReceivedAt: firstReceivedAt(record, id),
        received,
        replied,
        errors,
      };
    }),
    (subject, queue) => ({
      answered: externalReplies(record, subject, pageNow()),
      members: groupOutside(heard, subject, queue),
      complete: heard.kind === "known" && heard.complete,
    }),
  );
  // Where a group of the page shares a subject with them, they stand in it.
  const outside = subjectsAnsweredOutside(record, pageNow()).filter(
    ({ subject }) => !groups.some((group) => group.queue !== null && subjectMatches(group.subject, subject)),
  );
  if (groups.length === 0 && outside.length === 0) {
    return (
      <div className="results-empty">
        <p className="results-empty-title">There is no responder in this page.</p>
        <p>
          Add two or three in one queue group, send a hundred requests, and see how the server shares them.
        </p>
      </div>
    );
  }
  const ghosts = wastedWork();
  const { total } = ghosts;
  const most = Math.max(1, ...groups.map((group) => group.most));
  return (
    <div className="results-load">
      {total.handlers > 0 && (
        <p className="results-load-ghosts">
          Wasted work: {formatCounted(total.handlers, "handler")} ran for{" "}
          {formatMeasured(total.ms, clockStepMs())} in total, and no requester took the reply.
        </p>
      )}
      {groups.map((group) => (
        <LoadGroup key={group.id} group={group} most={most} ghosts={ghosts} />
      ))}
      {outside.map(({ subject, answered }) => (
        <section key={subject} aria-label={`${subject}, outside this page`}>
          <h3 className="results-load-title">
            <code>{subject}</code>
            <span> outside this page</span>
          </h3>
          <p className="results-load-words">
            {formatCounted(answered, "request")} answered by programs outside
            {namesOf(listenersTo(heard, subject))}. How they shared them is not seen from here: a reply does
            not say who sent it.
          </p>
        </section>
      ))}
    </div>
  );
}
