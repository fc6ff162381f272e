import { budgetWords, verdictOf, type Finding } from "./finding.ts";

const HEAD = ["", "Roundtrip", "against", "", "ratio", "budget", ""] as const;

/** The findings for people, in columns. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = [HEAD, ...findings.map(rowOf)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

const isNumber = (column: number): boolean => column === 1 || column === 2 || column === 4;

function rowOf(finding: Finding): readonly string[] {
  const { what, unit, against, budget } = finding;
  const { value, againstValue, ratio, met } = verdictOf(finding);
  return [
    what,
    `${figure(value)} ${unit}`,
    againstValue === null ? "" : `${figure(againstValue)} ${unit}`,
    against?.name ?? "",
    ratio === null ? "" : `${ratio.toFixed(2)} ×`,
    budget === null ? "reported" : budgetWords(budget, unit),
    met === null ? "" : met ? "met" : "MISSED",
  ];
}

/** One line that says which budget was missed and by how much. */
export function failureLine(finding: Finding): string {
  const { what, unit, against, budget } = finding;
  if (budget === null) return "";
  const { value, ratio } = verdictOf(finding);
  const found = budget.of === "ratio" ? `${(ratio ?? NaN).toFixed(2)} ×` : `${figure(value)} ${unit}`;
  return `Budget missed: ${what}${against ? ` against ${against.name}` : ""} is ${found}, but should be ${budgetWords(budget, unit)}.`;
}

/** Three figures, and whole numbers from a hundred on. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return "?";
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 ? 2 : 3;
  return value.toFixed(digits);
}
