import { IN_TAB } from "../../domain/server/inTabServer.ts";

interface Props {
  /** The address that is written. */
  readonly chosen: string;
  /** Of the server that was started with the page; null for none. */
  readonly home: string | null;
  readonly onChoose: (url: string) => void;
}

/** The servers that a page has without anybody knowing an address: one press writes it. */
export function ServersAtHand({ chosen, home, onChoose }: Props) {
  const choices = [
    {
      url: IN_TAB,
      title: "The server in this browser",
      words: "The real nats-server, in a worker. Nothing to install.",
    },
    ...(home === null || home === IN_TAB
      ? []
      : [{ url: home, title: "The server started with this page", words: home }]),
  ];
  return (
    <div className="at-hand" role="group" aria-label="Available servers">
      {choices.map(({ url, title, words }) => (
        <button
          key={url}
          type="button"
          className="at-hand-choice"
          aria-pressed={chosen === url}
          onClick={() => onChoose(url)}
        >
          <span className="at-hand-dot" aria-hidden="true" />
          <span className="at-hand-title">{title}</span>
          <span className={url === IN_TAB ? "at-hand-words" : "at-hand-words mono"}>{words}</span>
        </button>
      ))}
    </div>
  );
}
