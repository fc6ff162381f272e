/** The text of a handler, as Vite gives it. */
declare module "*?raw" {
  const source: string;
  export default source;
}
