/** Tells when the window's pixels become finer or coarser: zoomed, or moved to another screen. Returns what stops that. */
export function watchPixelRatio(onChange: () => void): () => void {
  let stop = (): void => {};
  const watch = (): void => {
    // A media query knows one ratio alone: each needs one of its own.
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    const changed = (): void => {
      stop();
      watch();
      onChange();
    };
    query.addEventListener("change", changed);
    stop = () => query.removeEventListener("change", changed);
  };
  watch();
  return () => stop();
}
