import { isGone } from "../../domain/events.ts";
import { formatCount, formatCounted, formatShare } from "../../domain/formats.ts";
import type { GhostWork, GhostWorkIndex } from "../../domain/ghostWork.ts";
import { clockStepMs } from "../../stores/clock.ts";
import { formatMeasured } from "./measured.ts";
import { select } from "../../stores/selectionStore.ts";
import type { Group, Member } from "./loadGroups.ts";

interface Props {
  readonly group: Group;
  /** Requests that fill a bar: the same for all groups, so that bars compare. */
  readonly most: number;
  readonly ghosts: GhostWorkIndex;
}

export function LoadGroup({ group, most, ghosts }: Props) {
  const { subject, queue, members, band } = group;
  return (
    <section aria-label={queue === null ? subject : `${subject}, queue group ${queue}`}>
      <h3 className="results-load-title">
        <code>{subject}</code>
        {queue === null ? (
          <span> no queue group</span>
        ) : (
          <span>
            {" "}
            queue group <code>{queue}</code>
          </span>
        )}
      </h3>
      <p className="results-load-words">{wordsOf(group)}</p>
      <table className="results-load-table">
        <thead className="visually-hidden">
          <tr>
            <th scope="col">responder</th>
            <th scope="col">share drawn</th>
            <th scope="col">received</th>
            <th scope="col">share</th>
            <th scope="col">replied</th>
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr
              key={member.id}
              data-gone={isGone(member.state)}
              data-outside={group.outside.includes(member)}
            >
              <th scope="row">
                <button
                  type="button"
                  className="results-load-name"
                  onClick={() => select({ kind: "responder", id: member.id })}
                >
                  {member.name}
                </button>
              </th>
              <td>
                <Bar member={member} most={most} band={band} />
              </td>
              <td className="results-load-number">{formatCount(member.received)}</td>
              <td className="results-load-number results-load-share">{shareOf(member, group)}</td>
              <td className="results-load-replied">
                {formatCounted(member.replied, "reply", "replies")}
                {member.errors > 0 && (
                  <span className="results-load-errors">, {formatCounted(member.errors, "error")}</span>
                )}
                <ForNobody work={ghosts.of(member.id)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Replies that came too late or after another: their handlers worked for nobody. */
function ForNobody({ work: { handlers, ms } }: { readonly work: GhostWork }) {
  if (handlers === 0) return null;
  return (
    <span className="results-load-ghost">
      , {formatCount(handlers)} for nobody ({formatMeasured(ms, clockStepMs())})
    </span>
  );
}

function Bar({ member, most, band }: { member: Member; most: number; band: Group["band"] }) {
  const percent = (count: number): string => `${((100 * count) / most).toFixed(2)}%`;
  const replied = Math.min(member.replied, member.received);
  return (
    <div className="results-load-bar" aria-hidden="true">
      <div className="results-load-received" style={{ width: percent(member.received) }} />
      <div className="results-load-answered" style={{ width: percent(replied) }} />
      <div
        className="results-load-failed"
        style={{ left: percent(replied), width: percent(Math.min(member.errors, member.received - replied)) }}
      />
      {band && (
        <div
          className="results-load-band"
          style={{ left: percent(Math.max(0, band.low)), width: percent(band.high - Math.max(0, band.low)) }}
        />
      )}
    </div>
  );
}

function shareOf({ received }: Member, group: Group): string {
  if (group.received === 0) return "";
  // Without a queue group there is nothing to share: each of them gets all of it.
  return group.queue === null ? "of all" : formatShare(received / group.received);
}

function wordsOf(group: Group): string {
  const { queue, members, received, band, outside, uneven } = group;
  if (received === 0) {
    if (members.length === 1) return "No request reached it yet.";
    return queue === null
      ? "No request yet. Each of these will get every request."
      : "No request yet. The server will pick one of these for each.";
  }
  if (queue === null) {
    return members.length === 1
      ? "Without a queue group it gets every request on its subject."
      : "Without a queue group each of these gets every request; the first reply is taken, the others are duplicates.";
  }
  if (uneven) {
    return `${formatCount(received)} requests. Not all of these were up, and in this group, for all of them, so the counts say nothing about the choice. Reset to compare from now on.`;
  }
  if (!band) return "It is alone in its queue group, so it gets every request of it.";
  const range = `${formatCount(Math.ceil(Math.max(0, band.low)))} to ${formatCount(Math.floor(band.high))} each`;
  if (outside.length === 0) {
    return `${formatCount(received)} requests over ${members.length}: within what a random choice gives, ${range}.`;
  }
  const names =
    outside.length > 3 ? `${outside.length} responders` : outside.map(({ name }) => name).join(", ");
  const were = outside.length === 1 ? "is" : "are";
  return `${names} ${were} outside what a random choice gives (${range}). By chance alone about one in twenty is.`;
}
