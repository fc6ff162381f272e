interface Props {
  readonly name: string;
  /** What tells it from the names beside it. */
  readonly end: string;
}

/** A name of which the end stays to be read where there is no room for all of it. */
export function SplitName({ name, end }: Props) {
  const start = name.endsWith(end) ? name.slice(0, name.length - end.length) : "";
  return (
    <>
      {start !== "" && <span className="diagram-node-name-start">{start}</span>}
      <span className="diagram-node-name-end">{name.slice(start.length)}</span>
    </>
  );
}
