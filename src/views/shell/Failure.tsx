import { Component, type ReactNode } from "react";
import { Button } from "../controls/Button.tsx";

interface State {
  readonly failure: string | null;
}

/** What is left to say when a view fails: the setup is kept in the browser, so a reload brings it back. */
export class Failure extends Component<{ readonly children: ReactNode }, State> {
  override readonly state: State = { failure: null };

  static getDerivedStateFromError(thrown: unknown): State {
    return { failure: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <main className="failure" role="alert">
        <h1>This page has failed</h1>
        <p>
          This is a bug in Roundtrip. Your requesters and responders are saved and come back when you reload.
        </p>
        <p className="mono">{failure}</p>
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </main>
    );
  }
}
