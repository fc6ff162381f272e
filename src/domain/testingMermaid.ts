import mermaid from "mermaid";

/** For tests: how many participants and messages Mermaid's own parser finds in a sequence diagram. Throws where it finds none. */
export async function readMermaid(text: string): Promise<{ actors: number; messages: number }> {
  await mermaid.parse(text); // This also makes the kinds of diagrams known.
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  const { getActors, getMessages } = db as unknown as SequenceDb; // Mermaid types what all kinds of diagrams share
  const arrows = getMessages
    .call(db)
    .filter(({ from, to }) => from !== undefined && to !== undefined && from !== "");
  return {
    actors: getActors.call(db).size,
    messages: arrows.filter(({ placement }) => placement === undefined).length,
  };
}

interface SequenceDb {
  getActors(): Map<string, unknown>;
  getMessages(): { readonly from?: string; readonly to?: string; readonly placement?: unknown }[];
}
