import { ChevronDown, ChevronUp, FileJson, Sheet } from "lucide-react";
import { Tabs } from "radix-ui";
import { Suspense, useRef } from "react";
import { useStore } from "zustand";
import { exportCsv, exportResults } from "../../stores/loads/resultsActions.ts";
import { FIRST_TAB, openTab, panelsStore, setFolded } from "../../stores/page/panelsStore.ts";
import { IconButton } from "../controls/IconButton.tsx";
import { later } from "../controls/later.tsx";
import { Counters } from "./Counters.tsx";
import { LatencyTab } from "./latency/LatencyTab.tsx";
import { SavePicture } from "../picture/SavePicture.tsx";
import { ResetButton } from "./ResetButton.tsx";
import "./results.css";

// The first reply should not wait for what is looked at after it.
const LoadTab = later(async () => (await import("./load/LoadTab.tsx")).LoadTab);
const MessagesTab = later(async () => (await import("./messages/MessagesTab.tsx")).MessagesTab);
const WireTab = later(async () => (await import("../wire/WireTab.tsx")).WireTab);

// Of these one part alone is as large as the page: only who opens them waits for it.
const TimelineTab = later(async () => (await import("../timeline/TimelineTab.tsx")).TimelineTab, "asked");

const CodeTab = later(async () => (await import("../code/CodeTab.tsx")).CodeTab, "asked");

const HandlerTab = later(async () => (await import("../handler/HandlerTab.tsx")).HandlerTab, "asked");

const RunsTab = later(async () => (await import("../runs/RunsTab.tsx")).RunsTab, "asked");

const ComparisonTab = later(
  async () => (await import("../comparison/ComparisonTab.tsx")).ComparisonTab,
  "asked",
);

const TABS = [
  { id: "latency", words: "Latency", Panel: LatencyTab },
  { id: "load", words: "Load distribution", Panel: LoadTab },
  { id: "runs", words: "Runs", Panel: RunsTab },
  { id: "timeline", words: "Timeline", Panel: TimelineTab },
  { id: "messages", words: "Messages", Panel: MessagesTab },
  { id: "wire", words: "Wire", Panel: WireTab },
  { id: "handler", words: "Handler", Panel: HandlerTab },
  { id: "code", words: "Code", Panel: CodeTab },
  { id: "http", words: "HTTP", Panel: ComparisonTab },
] as const;

/** What was measured: the counters always, the rest in tabs that can be folded away. */
export function Results() {
  const folded = useStore(panelsStore, (panels) => panels.folded.results);
  const wanted = useStore(panelsStore, (panels) => panels.tab);
  const begun = useStore(panelsStore, (panels) => panels.begun);
  // A link from another Roundtrip may name one that there is not.
  const tab = TABS.some(({ id }) => id === wanted) ? wanted : FIRST_TAB;
  const host = useRef<HTMLElement>(null);
  return (
    <section
      ref={host}
      className="results"
      aria-label="Results"
      translate="no"
      data-folded={folded}
      data-tab={tab}
    >
      <Tabs.Root className="results-tabs" value={tab} onValueChange={openTab}>
        <div className="results-bar">
          <Tabs.List className="results-list" aria-label="Results">
            {TABS.map(({ id, words }) => (
              <Tabs.Trigger
                key={id}
                className="results-tab"
                value={id}
                // The open tab does not change when it is clicked, but a folded one should open.
                onClick={() => setFolded("results", false)}
              >
                {words}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <div className="results-tools">
            <IconButton
              label="Export results"
              hint="counts, latency and setup as JSON"
              onClick={exportResults}
            >
              <FileJson size={15} />
              <span className="results-tool-words">JSON</span>
            </IconButton>
            <IconButton label="Export CSV" hint="a row for each exchange" onClick={exportCsv}>
              <Sheet size={15} />
              <span className="results-tool-words">CSV</span>
            </IconButton>
            {(tab === "latency" || tab === "load") && (
              <SavePicture
                what={tab === "latency" ? "latency" : "load distribution"}
                of={() => host.current?.querySelector(".results-panel[data-state='active'] > *") ?? null}
              />
            )}
            <ResetButton />
            <IconButton
              label={folded ? "Unfold results" : "Fold results"}
              aria-expanded={!folded}
              onClick={() => setFolded("results", !folded)}
            >
              {folded ? <ChevronUp size={16} /> : <ChevronDown size={16} />}
            </IconButton>
          </div>
        </div>
        <Counters />
        {TABS.map(({ id, Panel }) => (
          <Tabs.Content
            key={id}

            className="results-panel"
            value={id}
            hidden={folded || tab !== id}
          >
            {!folded && tab === id && (
              <Suspense fallback={<p className="results-latency-loading">Drawing …</p>}>
                <Panel key={begun} />
              </Suspense>
            )}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </section>
  );
}
