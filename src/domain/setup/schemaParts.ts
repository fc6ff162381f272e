import * as v from "valibot";

/** What schemas of plain data have in common, each with words for people. */

/** A schema's check from a function that says what is wrong in words. */
export const saidBy = <Value>(check: (value: Value) => string | null) =>
  v.rawCheck<Value>(({ dataset, addIssue }) => {
    const message = dataset.typed ? check(dataset.value) : null;
    if (message !== null) addIssue({ message });
  });

export const text = v.string("It should be text.");

export const number = (message = "It should be a number.") => v.pipe(v.number(message), v.finite(message));

/** An object with these members and no others. */
export const object = <const Entries extends v.ObjectEntries>(entries: Entries) =>
  v.strictObject(entries, (issue) => {
    if (issue.expected === "never") return "This version of Roundtrip does not know it.";
    if (issue.received === "undefined") return "It is missing.";
    return "It should be an object.";
  });
