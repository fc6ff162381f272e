import { Fragment, memo } from "react";
import type { Program } from "../../programs/program.ts";
import { highlight } from "./highlight.ts";

/** A program's text with its words told apart. */
export const Highlighted = memo(function Highlighted({ program }: { readonly program: Program }) {
  return (
    <pre className="code-text mono" role="group" tabIndex={0} aria-label={`The program, ${program.fileName}`}>
      <code>
        {highlight(program.language, program.text).map(({ text, look }, index) => {
          const key = `${index}`; // A program has no other order.
          return look === "" ? (
            <Fragment key={key}>{text}</Fragment>
          ) : (
            <span key={key} className={look}>
              {text}
            </span>
          );
        })}
      </code>
    </pre>
  );
});
