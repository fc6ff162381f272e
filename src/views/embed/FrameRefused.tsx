import { useTheme } from "../shell/useTheme.ts";

/** All that a frame gets of the full page, where a host lets it be framed: a way to the page itself. */
export function FrameRefused() {
  useTheme();
  return (
    <main className="failure">
      <h1>Roundtrip does not run in a frame</h1>
      <p>
        A page around it could lead you to press what you do not see. To embed it, add ?embed to its address.
      </p>
      <a className="button button-primary" href={location.href} target="_blank" rel="noopener">
        Open Roundtrip
      </a>
    </main>
  );
}
