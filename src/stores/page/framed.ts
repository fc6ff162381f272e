/**
 * With `?embed` the page is a guest in somebody else's, which decides what lies above and beneath its buttons. So a guest keeps and
 * reads nothing of this browser's, and agrees to nothing: neither to run code that somebody wrote, nor to connect to a server that
 * somebody named. The full page does.
 */
export const isFramed: boolean =
  // Unit tests have no address.
  typeof location !== "undefined" && new URLSearchParams(location.search).has("embed");

/** In a frame without `?embed`, where the full page must not be: there a person could be led to press what is not seen. */
export const isForbiddenFrame = (): boolean => !isFramed && window.parent !== window;

/** The theme that `?embed&theme=…` asks for, since a course's page has one of its own; else the system's. */
export function framedTheme(): "light" | "dark" | "system" {
  const asked = new URLSearchParams(location.search).get("theme");
  return asked === "light" || asked === "dark" ? asked : "system";
}
