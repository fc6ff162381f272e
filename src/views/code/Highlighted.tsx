import { memo } from "react";
import type { Program } from "../../programs/program.ts";
import { highlight, type Piece } from "./highlight.ts";

/** A program's text with its words told apart. */
export const Highlighted = memo(function Highlighted({ program }: { readonly program: Program }) {
  return (
    <pre className="code-text mono" role="group" tabIndex={0} aria-label={`The program, ${program.fileName}`}>
      <code>{highlight(program.language, program.text).map(drawn)}</code>
    </pre>
  );
});

function drawn(piece: Piece, at: number) {
  if (typeof piece === "string") return piece;
  return (
    <span key={at} className={piece.look}>
      {piece.pieces.map(drawn)}
    </span>
  );
}
