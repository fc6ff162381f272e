// Answers calc.add, calc.subtract, calc.multiply and calc.divide for two numbers, a and b.

/** @type {Map<string, (a: number, b: number) => number>} */
const OPERATIONS = new Map([
  ["calc.add", (a, b) => a + b],
  ["calc.subtract", (a, b) => a - b],
  ["calc.multiply", (a, b) => a * b],
  ["calc.divide", (a, b) => a / b],
]);

/** @type {import("../interface.ts").Handler} */
export default function calculate(request) {
  const operation = OPERATIONS.get(request.subject);
  if (operation === undefined) return { error: `There is no ${request.subject}` };

  // Invalid JSON throws, and whatever is thrown goes back as an error reply: nobody waits for a timeout.
  const { a, b } = /** @type {Record<string, unknown>} */ (request.json());
  if (typeof a !== "number" || typeof b !== "number") return { error: "a and b must both be numbers" };

  // JavaScript would say Infinity, which JSON has no word for: the requester would read null.
  if (request.subject === "calc.divide" && b === 0) return { error: "Division by zero" };
  const result = operation(a, b);
  return Number.isFinite(result) ? { result } : { error: "The result is too large for a number" };
}
