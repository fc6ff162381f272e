import { isGone } from "../../../domain/events/events.ts";
import { formatCount, formatCounted, formatShare } from "../../../domain/base/formats.ts";
import type { WastedWork, WastedWorkIndex } from "../../../domain/exchanges/wastedWork.ts";
import { clockStepMs } from "../../../stores/page/clock.ts";
import { formatMeasured } from "../latency/measured.ts";
import { select } from "../../../stores/page/selectionStore.ts";
import type { Group, Member } from "./loadGroups.ts";

interface Props {
  readonly group: Group;
  /** Requests that fill a bar: the same for all groups, so that bars compare. */
  readonly most: number;
  readonly ghosts: WastedWorkIndex;
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
                <Bar counts={member} most={most} band={band} />
              </td>
              <td className="results-load-number">{formatCount(member.received)}</td>
              <td className="results-load-number results-load-share">{shareOf(member.received, group)}</td>
              <td className="results-load-replied">
                {formatCounted(member.replied, "reply", "replies")}
                {member.errors > 0 && (
                  <span className="results-load-errors">, {formatCounted(member.errors, "error")}</span>
                )}
                <ForNobody work={ghosts.of(member.id)} />
              </td>
            </tr>
          ))}
          {group.elsewhere.answered > 0 && <OutsideRow group={group} most={most} />}
        </tbody>
      </table>
    </section>
  );
}

/** Programs elsewhere, all in one: a reply does not say which of them it is from. */
function OutsideRow({ group, most }: { readonly group: Group; readonly most: number }) {
  const { answered } = group.elsewhere;
  return (
    <tr>
      <th scope="row" className="results-load-outside">
        outside
      </th>
      <td>
        <Bar counts={{ received: answered, replied: answered, errors: 0 }} most={most} band={null} />
      </td>
      <td className="results-load-number">{formatCount(answered)}</td>
      <td className="results-load-number results-load-share">{shareOf(answered, group)}</td>
      <td className="results-load-replied">{formatCounted(answered, "reply", "replies")} seen here</td>
    </tr>
  );
}

/** Replies that came too late or after another: their handlers worked for nobody. */
function ForNobody({ work: { handlers, ms } }: { readonly work: WastedWork }) {
  if (handlers === 0) return null;
  return (
    <span className="results-load-ghost">
      , {formatCount(handlers)} wasted ({formatMeasured(ms, clockStepMs())})
    </span>
  );
}

interface BarProps {
  readonly counts: Pick<Member, "received" | "replied" | "errors">;
  readonly most: number;
  readonly band: Group["band"];
}

function Bar({ counts, most, band }: BarProps) {
  const percent = (count: number): string => `${((100 * count) / most).toFixed(2)}%`;
  const { received, errors } = counts;
  const replied = Math.min(counts.replied, received);
  return (
    <div className="results-load-bar" aria-hidden="true">
      <div className="results-load-received" style={{ width: percent(received) }} />
      <div className="results-load-answered" style={{ width: percent(replied) }} />
      <div
        className="results-load-failed"
        style={{ left: percent(replied), width: percent(Math.min(errors, received - replied)) }}
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

function shareOf(count: number, { shared, queue }: Group): string {
  if (shared === 0) return "";
  // Without a queue group there is nothing to share: each of them gets all of it.
  return queue === null ? "(every request)" : formatShare(count / shared);
}

function wordsOf(group: Group): string {
  const { queue, members, received, band, outside, uneven, elsewhere } = group;
  if (elsewhere.answered > 0 || elsewhere.members.length > 0) return elsewhereWords(group);
  if (received === 0) {
    if (members.length === 1) return "No request has reached it yet.";
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
    return `${formatCount(received)} requests. Not all members were in this group for all of them, so the counts cannot show how the server chose. Press Reset to compare from now on.`;
  }
  if (!band) {
    return elsewhere.complete
      ? "It is the only member of its queue group, so it gets every request."
      : "It is the only member of its queue group in this page. No request was seen to be answered elsewhere.";
  }
  const range = `${formatCount(Math.ceil(Math.max(0, band.low)))} to ${formatCount(Math.floor(band.high))} each`;
  if (outside.length === 0) {
    return `${formatCount(received)} requests over ${members.length}: as expected of a random choice, ${range}.`;
  }
  const names =
    outside.length > 3 ? `${outside.length} responders` : outside.map(({ name }) => name).join(", ");
  const were = outside.length === 1 ? "is" : "are";
  return `${names} ${were} outside the range expected of a random choice (${range}). By chance alone, about one in twenty is.`;
}

/** What is known where programs outside the page are in the group: not how many, nor since when. */
function elsewhereWords({ members, received, elsewhere }: Group): string {
  const listed = elsewhere.members;
  const who =
    listed.length === 0
      ? ""
      : `The server lists ${listed.length > 3 ? formatCounted(listed.length, "member") : listed.join(", ")} outside this page in this queue group too. `;
  if (received + elsewhere.answered === 0)
    return `${who}No request yet. The server will pick one member for each.`;
  const here = members.length === 1 ? "The one responder here" : `The ${members.length} responders here`;
  return `${who}${here} got ${formatCounted(received, "request")}; ${formatCount(elsewhere.answered)} of this page ${elsewhere.answered === 1 ? "was" : "were"} answered outside. The page does not know how many members are outside, or since when, so it expects no share.`;
}
