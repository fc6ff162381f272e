/**
 * Where a value has something that JSON has no form for, and what it is, such as `.users[2].tags is a Map`; null where all of it has
 * one. `JSON.stringify` would write `{}` or null in its place, or leave it out, without a word. What is undefined may be left out.
 *
 * Refers to nothing outside of itself: the text of this function is also part of the script of each sandbox.
 */
export function withoutJsonForm(value: unknown): string | null {
  // A value that holds itself is refused by `JSON.stringify`, which also says it better.
  let left = 100_000;

  function kindOf(value: unknown): string | null {
    if (typeof value === "function") return "a function";
    if (typeof value === "symbol") return "a symbol";
    if (typeof value === "bigint") return "a BigInt";
    if (typeof value === "number") return Number.isFinite(value) ? null : String(value);
    if (value instanceof Map) return "a Map";
    if (value instanceof Set) return "a Set";
    if (value instanceof WeakMap) return "a WeakMap";
    if (value instanceof WeakSet) return "a WeakSet";
    if (value instanceof Promise) return "a Promise";
    if (value instanceof RegExp) return "a RegExp";
    if (value instanceof Error) return "an Error";
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return "bytes";
    return null;
  }
  const saysItself = (value: {}): boolean => "toJSON" in value && typeof value.toJSON === "function";

  function find(value: unknown): string | null {
    if (value === null || value === undefined || left-- <= 0) return null;
    const isThing = typeof value === "object" || typeof value === "function";
    if (isThing && saysItself(value)) return null;
    const kind = kindOf(value);
    if (kind !== null) return ` is ${kind}`;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length && left > 0; index++) {
        const found = find(value[index]);
        if (found !== null) return `[${index}]${found}`;
      }
    } else if (typeof value === "object") {
      for (const [key, member] of Object.entries(value)) {
        const found = find(member);
        if (found !== null) return `${/^[\w$]+$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`}${found}`;
      }
    }
    return null;
  }

  try {
    return find(value);
  } catch {
    // It is nested deeper than can be followed: `JSON.stringify` says so too.
    return null;
  }
}
