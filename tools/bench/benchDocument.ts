import type { BenchOptions } from "./benchOptions.ts";
import { verdictOf, type Finding, type Verdict } from "./finding.ts";

/** The JSON that a bench writes; described in docs/bench.md. */
export interface BenchDocument {
  readonly format: "roundtrip.bench";
  readonly version: 1;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly machine: string;
  /** How many programs wanted a processor at a time in the minute before. */
  readonly loadBefore: number;
  readonly versions: { readonly natsServer: string; readonly chromium: string };
  readonly rounds: number;
  readonly seconds: number;
  readonly findings: readonly (Finding & Verdict)[];
}

interface Parts {
  readonly startedAt: Date;
  readonly machine: string;
  readonly loadBefore: number;
  readonly versions: BenchDocument["versions"];
  readonly options: BenchOptions;
  readonly findings: readonly Finding[];
}

export function benchDocument({
  startedAt,
  machine,
  loadBefore,
  versions,
  options,
  findings,
}: Parts): BenchDocument {
  return {
    format: "roundtrip.bench",
    version: 1,
    startedAt: startedAt.toISOString(),
    machine,
    loadBefore,
    versions,
    rounds: options.rounds,
    seconds: options.seconds,
    findings: findings.map((finding) => ({ ...finding, ...verdictOf(finding) })),
  };
}
