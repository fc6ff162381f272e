interface Part {
  readonly folders: readonly string[];
  /** End-to-end test files under e2e/, without their ending. */
  readonly specs: readonly string[];
  /** Who imports its first file, to open it; or something else of it, and then its own tests are among `specs`. */
  readonly openedBy: readonly string[];
}

/**
 * The parts of the product that nothing but the page's frame opens, and the end-to-end tests that look at each. A change in one of them
 * reaches these tests alone; a change anywhere else in what runs reaches them all. `reach.test.ts` holds the list against the imports.
 */
export const PARTS: readonly Part[] = [
  {
    folders: ["src/gallery/", "src/views/gallery/", "public/gallery/"],
    specs: ["gallery", "accessibility"],
    openedBy: ["src/views/shell/"],
  },
  {
    folders: ["src/programs/", "src/views/code/", "src/views/handler/"],
    specs: ["code", "handlers", "handler-safety", "lessons/exercises", "accessibility"],
    // The cases of an exercise tell of a handler's edits; its end-to-end tests are among these.
    openedBy: ["src/views/inspector/", "src/views/lessons/"],
  },
  { folders: ["src/views/comparison/"], specs: ["lessons/against-http", "accessibility"], openedBy: [] },
  { folders: ["src/views/runs/"], specs: ["load-models", "load", "accessibility"], openedBy: [] },
  { folders: ["src/views/embed/"], specs: ["embed"], openedBy: ["src/main.tsx"] },
  { folders: ["src/views/wire/"], specs: ["wire", "trace", "accessibility"], openedBy: [] },
];

/** What runs neither in the page nor under it during the end-to-end tests. */
const BESIDE = [
  /^docs\//,
  /^\.github\//,
  /\.md$/,
  /\.test\.tsx?$/,
  /^tools\/(?:bench|soak|checks)\//,
  /^(?:LICENSE|Dockerfile|docker-compose\.yml|knip\.json|\.oxlintrc\.json|\.prettier.*|\.gitignore|\.dockerignore)$/,
];

/**
 * The end-to-end tests that a change of these files can reach, as arguments for Playwright: "all", or the paths of test files, none of
 * them where the change reaches no end-to-end test. Paths are relative to the project, with slashes.
 */
export function reachedSpecs(changed: readonly string[]): "all" | readonly string[] {
  const specs = new Set<string>();
  for (const file of changed) {
    if (BESIDE.some((beside) => beside.test(file))) continue;
    if (file.startsWith("e2e/") && file.endsWith(".spec.ts")) {
      specs.add(file);
      continue;
    }
    const part = PARTS.find(({ folders }) => folders.some((folder) => file.startsWith(folder)));
    if (!part) return "all";
    for (const spec of part.specs) specs.add(`e2e/${spec}.spec.ts`);
  }
  return [...specs].toSorted();
}
