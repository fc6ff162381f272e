/** Text as it crosses the wire. The platform's own coders: the ones in src/domain do without a platform, and are slower. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const encodeText = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);
/** What is not UTF-8 becomes the replacement character. */
export const decodeText = (bytes: Uint8Array): string => decoder.decode(bytes);
