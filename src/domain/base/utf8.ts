/**
 * UTF-8 in both directions, for the few texts that are read here: this folder compiles without the DOM's TextDecoder, and
 * these are short. Agrees with TextDecoder and TextEncoder, malformed input included.
 */

/** The text of `bytes` from `start` up to `end`; what is not UTF-8 becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = "";
  let offset = start;
  while (offset < end) {
    const lead = bytes[offset++] ?? 0;
    if (lead < 0x80) {
      text += String.fromCharCode(lead);
      continue;
    }
    // The first continuation byte has a narrower range after some lead bytes: no overlong forms, no surrogates.
    let wanted = 0;
    let low = 0x80;
    let high = 0xbf;
    let point = 0;
    if (lead >= 0xc2 && lead <= 0xdf) {
      wanted = 1;
      point = lead & 0x1f;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      wanted = 2;
      point = lead & 0x0f;
      if (lead === 0xe0) low = 0xa0;
      if (lead === 0xed) high = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      wanted = 3;
      point = lead & 0x07;
      if (lead === 0xf0) low = 0x90;
      if (lead === 0xf4) high = 0x8f;
    } else {
      text += "\ufffd";
      continue;
    }
    let complete = true;
    for (let taken = 0; taken < wanted; taken++) {
      const next = offset < end ? (bytes[offset] ?? 0) : 0;
      if (next < low || next > high) {
        complete = false;
        break;
      }
      low = 0x80;
      high = 0xbf;
      point = (point << 6) | (next & 0x3f);
      offset++;
    }
    text += complete ? String.fromCodePoint(point) : "\ufffd";
  }
  return text;
}

/** The bytes of a text; half a surrogate pair becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    let point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) point = 0xfffd;
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 0x3f));
    else if (point < 0x10000)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    else {
      bytes.push(
        0xf0 | (point >> 18),
        0x80 | ((point >> 12) & 0x3f),
        0x80 | ((point >> 6) & 0x3f),
        0x80 | (point & 0x3f),
      );
    }
  }
  return Uint8Array.from(bytes);
}
