/** What a responder of the page says in place of a reply that the server would not take. */
export const oversizedReplyWords = (size: number, mostBytes: number): string =>
  `The reply of ${size} bytes is over the server's limit of ${mostBytes} bytes.`;

/** The sizes in such words; null for others. */
export function readOversizedReply(
  words: string,
): { readonly size: number; readonly mostBytes: number } | null {
  const found = /^The reply of (\d+) bytes is over the server's limit of (\d+) bytes\.$/.exec(words);
  return found ? { size: Number(found[1]), mostBytes: Number(found[2]) } : null;
}
