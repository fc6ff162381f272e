/** The text of a template or a handler, as Vite gives it. */
declare module "*?raw" {
  const source: string;
  export default source;
}
