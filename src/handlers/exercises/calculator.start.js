// Answers calc.add, calc.subtract, calc.multiply and calc.divide for two numbers, a and b.

/** @type {import("../interface.ts").Handler} */
export default function calculate(request) {
  // request.subject says what to do, such as "calc.add"; request.json() gives { a, b }.
  // Return { result: … }, or { error: "…" } in words that help whoever asked.
  return {};
}
