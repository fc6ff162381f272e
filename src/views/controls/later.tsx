import { Component, createElement, lazy, useState, type ComponentType, type ReactNode } from "react";
import { Button } from "./Button.tsx";

const parts = new Set<() => Promise<unknown>>();

/**
 * A part of the page that the first reply does not need. It is fetched when it is first shown, or before that, once the page has
 * nothing better to do: `fetchParts`; unless only who opens it waits for it. One that cannot be fetched, or that fails, says so in its
 * place, and can be tried again there: the rest of the page goes on.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  when: "ahead" | "asked" = "ahead",
): ComponentType<Props> {
  if (when === "ahead") parts.add(load);
  const fetched = () => lazy(async () => ({ default: await load() }));
  let loaded = fetched();
  return function Part(props: Props) {
    const [attempt, setAttempt] = useState(0);
    const again = (): void => {
      loaded = fetched();
      setAttempt(attempt + 1);
    };
    return (
      <PartBoundary key={attempt} onAgain={again}>
        {createElement<Props>(loaded, props)}
      </PartBoundary>
    );
  };
}

/** Fetches every part now, so that none keeps a person waiting. One that cannot be fetched is asked for again when it is shown. */
export async function fetchParts(): Promise<void> {
  for (const load of parts) await load().catch(() => {});
}

interface Props {
  readonly onAgain: () => void;
  readonly children: ReactNode;
}

/** Keeps what goes wrong in a part of the page in that part. */
class PartBoundary extends Component<Props, { readonly failure: string | null }> {
  override readonly state: { readonly failure: string | null } = { failure: null };

  static getDerivedStateFromError(thrown: unknown): { readonly failure: string } {
    return { failure: thrown instanceof Error ? thrown.message : String(thrown) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    const unfetched = /dynamically imported module|importing a module|preload|module script/i.test(failure);
    return (
      <section className="part-lost" role="alert" aria-label="A part of the page failed">
        <p>
          {unfetched
            ? "This part of the page could not be fetched. The network may be gone, or a newer version was put in its place. What was recorded is still here."
            : `This part of the page failed. That is a mistake in Roundtrip. ${failure}`}
        </p>
        <p className="part-lost-actions">
          <Button look="primary" onClick={this.props.onAgain}>
            Try again
          </Button>
          <Button onClick={() => window.location.reload()}>Reload the page</Button>
        </p>
      </section>
    );
  }
}
