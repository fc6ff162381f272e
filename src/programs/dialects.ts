import { goLiteral, javaScriptLiteral, pythonLiteral, shellLiteral } from "./literals.ts";
import type { Language } from "./program.ts";
import type { Dialect } from "./template.ts";

/** How each language writes a text and a comment: the one place where what fills a template is escaped. */
export const DIALECTS: Readonly<Record<Language, Dialect>> = {
  typescript: { comment: "//", literal: javaScriptLiteral },
  python: { comment: "#", literal: pythonLiteral },
  go: { comment: "//", literal: goLiteral },
  cli: { comment: "#", literal: shellLiteral },
};
