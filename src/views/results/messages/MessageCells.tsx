import type { Instant } from "../../../domain/base/instant.ts";
import { formatCount, NOTHING } from "../../../domain/base/formats.ts";
import { OUTSIDE } from "../../../domain/events/events.ts";
import { readPlainMessage } from "../../../domain/exchanges/plainMessage.ts";
import { summariseExchange, type ExchangeSummary } from "../../../domain/exchanges/readExchange.ts";
import { clockStepMs, pageNow } from "../../../stores/page/clock.ts";
import { nameOf } from "../../../stores/peers/peersStore.ts";
import { shownRecord } from "../../../stores/record/shownRecord.ts";
import { clockTime } from "./clockTime.ts";
import { formatMeasured } from "../latency/measured.ts";
import { failedOutside, servedWords, standingOf } from "./messageFilter.ts";
import { OutcomeWord } from "./OutcomeMark.tsx";
import { attributedUpTo, isUnattributed, isUnattributedReply } from "../../../domain/record/outside.ts";

/** Read anew each time: an exchange in flight changes. */
export function MessageCells({ number }: { readonly number: number }) {
  if (number < 0) return <PlainCells number={-number} />;
  const summary = summariseExchange(shownRecord(), number);
  return summary && <Cells summary={summary} />;
}

/** A message without a reply subject, which programs elsewhere alone publish. */
function PlainCells({ number }: { readonly number: number }) {
  const message = readPlainMessage(shownRecord(), number);
  if (!message) return null;
  return (
    <>
      <span role="gridcell" data-column="time">
        {clockTime(message.at)}
      </span>
      <span role="gridcell" data-column="subject" title={message.subject}>
        {message.subject}
      </span>
      <span role="gridcell" data-column="requester">
        {nameOf(OUTSIDE)}
      </span>
      <span role="gridcell" data-column="answered by">
        {NOTHING}
      </span>
      <span role="gridcell" data-column="outcome">
        <span className="results-messages-served" title={`Given to ${nameOf(message.peer)}`}>
          no reply asked for
        </span>
      </span>
      <span role="gridcell" data-column="latency">
        {NOTHING}
      </span>
    </>
  );
}

function Cells({ summary }: { readonly summary: ExchangeSummary }) {
  const { attemptedAt, firstAt, subject, latencyMs } = summary;
  const standing = standingOf(summary);
  return (
    <>
      <span role="gridcell" data-column="time">
        {clockTime(attemptedAt ?? firstAt)}
      </span>
      <span role="gridcell" data-column="subject" title={subject}>
        {subject}
      </span>
      <span role="gridcell" data-column="requester">
        {requesterOf(summary)}
      </span>
      <span role="gridcell" data-column="answered by">
        {answeredBy(summary)}
      </span>
      <span role="gridcell" data-column="outcome">
        {standing === null ? <Served summary={summary} /> : <OutcomeWord standing={standing} />}
        <Ghosts summary={summary} />
      </span>
      <span role="gridcell" data-column="latency">
        {latencyMs === null ? NOTHING : formatMeasured(latencyMs, clockStepMs())}
      </span>
    </>
  );
}

/** Replies that nobody waited for any more. */
function Ghosts({ summary: { late, duplicate } }: { readonly summary: ExchangeSummary }) {
  if (late + duplicate === 0) return null;
  const title = [
    duplicate > 0 && `${formatCount(duplicate)} duplicate`,
    late > 0 && `${formatCount(late)} late`,
  ]
    .filter(Boolean)
    .join(", ");
  return (
    <span className="results-messages-ghosts" title={title}>
      {duplicate > 0 && <Ghost count={duplicate} words="duplicate" />}
      {late > 0 && <Ghost count={late} words="late" />}
    </span>
  );
}

function Ghost({ count, words }: { readonly count: number; readonly words: string }) {
  return (
    <>
      {" "}
      +{formatCount(count)} <span>{words}</span>
    </>
  );
}

/** Up to when it is known who of this page asked and answered. */
const knownUpTo = (): Instant => attributedUpTo(shownRecord(), pageNow());

function requesterOf(summary: ExchangeSummary): string {
  const { requester, attempt } = summary;
  if (requester !== null) return `${nameOf(requester)}${(attempt ?? 1) > 1 ? `, attempt ${attempt}` : ""}`;
  return isUnattributed(summary, knownUpTo()) ? "…" : "outside";
}

function Served({ summary }: { readonly summary: ExchangeSummary }) {
  const isKnown = !isUnattributed(summary, knownUpTo());
  if (isKnown && failedOutside(summary)) return <OutcomeWord standing="errorReply" />;
  return <span className="results-messages-served">{isKnown ? servedWords(summary) : "…"}</span>;
}

function answeredBy(summary: ExchangeSummary): string {
  const { outcome, from, gathers, arrivals, late } = summary;
  if (gathers && arrivals - late > 1) return `${formatCount(arrivals - late)} gathered`;
  if (outcome === "noResponders") return "nats-server";
  if (isUnattributedReply(summary, knownUpTo())) return "…";
  return from === null ? NOTHING : nameOf(from);
}
