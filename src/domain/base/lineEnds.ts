/**
 * What a person made of a text in a field, with its line ends as they were: a field has every line end for a line feed. `after` is the
 * field's text now; lines that were added end as most did.
 */
export function keepLineEnds(before: string, after: string): string {
  const ends = before.match(/\r\n|\r|\n/g) ?? [];
  if (ends.every((end) => end === "\n")) return after;
  const lines = before.split(/\r\n|\r|\n/);
  const now = after.split("\n");
  let first = 0;
  while (first < ends.length && first < now.length - 1 && lines[first] === now[first]) first++;
  let last = 0;
  while (
    last < ends.length - first &&
    last < now.length - 1 - first &&
    lines[lines.length - 1 - last] === now[now.length - 1 - last]
  )
    last++;
  const usual = ends.filter((end) => end === "\r\n").length * 2 >= ends.length ? "\r\n" : (ends[0] ?? "\n");
  const kept = now
    .map((line, index) => {
      if (index === now.length - 1) return line;
      const left = now.length - 1 - index;
      const end = index < first ? ends[index] : left <= last ? ends[ends.length - left] : usual;
      return line + (end ?? usual);
    })
    .join("");
  // A CR that came to stand before an LF would be one line end with it.
  return kept.replaceAll(/\r\n?/g, "\n") === after ? kept : after;
}
