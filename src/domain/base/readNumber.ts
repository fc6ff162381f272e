import { formatCount } from "./formats.ts";

export type ReadNumber =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly problem: string };

/**
 * A number as a person writes it: digits, a point before decimals, and commas or spaces between thousands, as the page writes them. What
 * could be meant otherwise elsewhere, such as 1.000 for a thousand, is refused with both ways to write it.
 */
export function readNumber(text: string): ReadNumber {
  const written = text.trim();
  if (/^[-+−]?\d{1,3}\.\d{3}$/u.test(written) && !/^[-+−]?0/u.test(written)) {
    const exact = written.replace(/0+$/, "").replace(/\.$/, "");
    const decimal = exact.includes(".") ? unambiguous(exact) : exact;
    return wrong(`The decimal sign is a point: write ${decimal}, or ${written.replace(".", ",")}.`);
  }
  if (/^[-+−]?(?:\d+|\d{1,3}(?:[,\s]\d{3})+)?(?:\.\d+)?$/u.test(written) && /\d/.test(written)) {
    const value = Number(written.replaceAll(/[,\s]/g, "").replace("−", "-"));
    if (Number.isFinite(value)) return { ok: true, value };
  }
  if (/^[-+−]?\d*,\d+$/u.test(written))
    return wrong(`The decimal sign is a point: write ${unambiguous(written.replace(",", "."))}.`);
  if (/^[-+−]?\d{1,3}(?:[.'’_]\d{3})+$/u.test(written))
    return wrong(`Between thousands stands a comma: write ${written.replaceAll(/[.'’_]/g, ",")}.`);
  if (/^[-+−]?(?:0x[\da-f]+|0b[01]+|0o[0-7]+|[\d.]+e[+-]?\d+)$/iu.test(written)) {
    const value = Number(written);
    if (Number.isSafeInteger(value)) return wrong(`Write it with decimal digits: ${formatCount(value)}.`);
  }
  return wrong(written === "" ? "" : `${written} is no number.`);
}

const wrong = (problem: string): ReadNumber => ({ ok: false, problem });

/** A number as a form shows it: read again, it is the same. */
export const writeNumber = (value: number): string => {
  const [digits = "", exponent] = String(value).split("e");
  return exponent === undefined ? unambiguous(digits) : value.toFixed(Number(exponent) < 0 ? 20 : 0);
};

/** Three decimals could be thousands: a fourth says that they are not. */
const unambiguous = (written: string): string =>
  /^[-+−]?[1-9]\d{0,2}\.\d{3}$/u.test(written) ? `${written}0` : written;
