/** One test and how long it took, in ms. */
export interface TestTime {
  readonly name: string;
  readonly ms: number;
}

/** The tests in Vitest's JSON report. Throws for a report of another shape. */
export function vitestTimes(report: unknown): TestTime[] {
  return listAt(report, "testResults").flatMap((file) =>
    listAt(file, "assertionResults").map((test) => ({
      name: `${shortPath(textAt(file, "name"))} › ${textAt(test, "fullName")}`,
      ms: numberAt(test, "duration"),
    })),
  );
}

/** The tests in Playwright's JSON report, each with all its attempts. Throws for a report of another shape. */
export function playwrightTimes(report: unknown): TestTime[] {
  return listAt(report, "suites").flatMap((suite) => timesOfSuite(suite, textAt(suite, "title")));
}

function timesOfSuite(suite: unknown, path: string): TestTime[] {
  const own = listAt(suite, "specs").map((spec) => ({
    name: `e2e/${path} › ${textAt(spec, "title")}`,
    ms: listAt(spec, "tests")
      .flatMap((test) => listAt(test, "results"))
      .reduce((sum: number, result) => sum + numberAt(result, "duration"), 0),
  }));
  return [...own, ...listAt(suite, "suites").flatMap((inner) => timesOfSuite(inner, path))];
}

/** The slowest tests, a line each: seconds, and which. */
export const slowestLines = (times: readonly TestTime[], count: number): string[] =>
  times
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(({ name, ms }) => `${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`);

const shortPath = (path: string): string =>
  path.replaceAll("\\", "/").replace(/^.*\/(?=(?:src|tools)\/)/, "");

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function listAt(value: unknown, name: string): readonly unknown[] {
  const found = memberOf(value, name);
  return Array.isArray(found) ? found : [];
}

function textAt(value: unknown, name: string): string {
  const found = memberOf(value, name);
  return typeof found === "string" ? found : "";
}

function numberAt(value: unknown, name: string): number {
  const found = memberOf(value, name);
  return typeof found === "number" ? found : 0;
}
