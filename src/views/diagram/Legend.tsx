import { useState } from "react";
import { MESSAGE_SHAPES, SHAPES, type ShapeDrawing } from "./marks/shapes.ts";

/** Names the shapes that travel. Where there is room it is open until somebody folds it. */
export function Legend({ roomy }: { readonly roomy: boolean }) {
  const [chosen, setOpen] = useState<boolean | null>(null);
  const open = chosen ?? roomy;
  return (
    <div className="diagram-legend" role="group" aria-label="Legend">
      <button
        type="button"
        className="diagram-legend-fold"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        Legend
      </button>
      {open && (
        <ul className="diagram-legend-list" aria-label="Legend">
          {MESSAGE_SHAPES.map((shape) => (
            <li key={shape} className="diagram-legend-item">
              <ShapeSign drawing={SHAPES[shape]} />
              {shape === "errorReply" ? SHAPES[shape].label : SHAPES[shape].words}
            </li>
          ))}
          <li className="diagram-legend-item">
            <svg className="diagram-sign" viewBox="-8 -8 16 16" aria-hidden="true">
              <circle r="5.4" fill="none" stroke="var(--rule)" strokeWidth="2.2" />
              <path d="M0 -5.4A5.4 5.4 0 1 0 5.4 0" fill="none" stroke="var(--request)" strokeWidth="2.2" />
            </svg>
            waiting
          </li>
          <li className="diagram-legend-item">
            <svg className="diagram-sign" viewBox="-8 -8 16 16" aria-hidden="true">
              <circle r="6.4" fill="none" stroke="var(--ink-soft)" strokeWidth="1.8" />
              <text y="3.2" textAnchor="middle" fontSize="9" fill="var(--ink-soft)">
                2
              </text>
            </svg>
            retry
          </li>
          <li className="diagram-legend-item">
            <svg className="diagram-sign" viewBox="-8 -8 16 16" aria-hidden="true">
              <path
                d="M5.4 0A5.4 5.4 0 1 1 -5.4 0A5.4 5.4 0 1 1 5.4 0M-3 -3 3 3M3 -3 -3 3"
                fill="none"
                stroke="var(--error)"
                strokeWidth="1.8"
                strokeLinecap="round"
              />
            </svg>
            failed
          </li>
        </ul>
      )}
    </div>
  );
}

function ShapeSign({ drawing }: { readonly drawing: ShapeDrawing }) {
  const { outline, detail, colour, hollow, dashes } = drawing;
  const ink = `var(${colour})`;
  return (
    <svg className="diagram-sign" viewBox="-8 -8 16 16" aria-hidden="true">
      <path
        d={outline}
        fill={hollow ? "none" : ink}
        stroke={hollow ? ink : "none"}
        strokeWidth="1.6"
        strokeDasharray={dashes.join(" ")}
      />
      {detail !== null && (
        <path
          d={detail}
          fill="none"
          stroke={hollow ? ink : "var(--surface)"}
          strokeWidth="1.6"
          strokeLinecap="round"
        />
      )}
    </svg>
  );
}
