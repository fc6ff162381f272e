import { templatePieces, type Placeholder } from "../domain/messages/templates.ts";

/** How a language writes the parts of a payload. */
export interface PayloadDialect {
  readonly literal: (text: string) => string;
  /** What stands for a placeholder, as an expression of a text. `n` is the number of the call. */
  readonly placeholder: (placeholder: Placeholder) => string;
}

/** A payload as an expression of a text, the same that the page renders. */
export function payloadExpression(template: string, { literal, placeholder }: PayloadDialect): string {
  const pieces = templatePieces(template).map((piece) =>
    typeof piece === "string" ? literal(piece) : placeholder(piece),
  );
  return pieces.length === 0 ? literal("") : pieces.join(" + ");
}

/** What a template needs of its program. */
export function needsOf(template: string): {
  readonly n: boolean;
  readonly random: boolean;
  readonly uuid: boolean;
} {
  const kinds = new Set(
    templatePieces(template).map((piece) => (typeof piece === "string" ? "text" : piece.kind)),
  );
  return { n: kinds.has("n"), random: kinds.has("random"), uuid: kinds.has("uuid") };
}
