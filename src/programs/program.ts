/** What a program is written in. */
export const LANGUAGES = ["typescript", "python", "go", "cli"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_WORDS: Readonly<Record<Language, string>> = {
  typescript: "TypeScript",
  python: "Python",
  go: "Go",
  cli: "nats commands",
};

/** The server that a program talks to, over TCP. */
export interface ServerPlace {
  /** Such as `nats://127.0.0.1:4222`. Holds no credentials. */
  readonly url: string;
  /** What the server asks for. A program takes it from its environment; it is never written into it. */
  readonly credentials: "none" | "user" | "token";
}

/** A program that does what a requester or a responder of the page does. */
export interface Program {
  readonly language: Language;
  /** Such as `client-1.mts`. ASCII, without a folder. */
  readonly fileName: string;
  /** The whole of it, with a line break at its end. */
  readonly text: string;
  /** The commands that install what it needs and run it, for a POSIX shell, from the folder that it was saved in. */
  readonly run: readonly string[];
  /** In what it differs from the requester or responder in the page, in words. Empty: in nothing. */
  readonly differences: readonly string[];
}

/** A handler's JavaScript, as the page runs it. */
export interface HandlerSource {
  /** The built-in handler that it is, unchanged; null for one that somebody wrote or changed. */
  readonly builtin: string | null;
  readonly source: string;
}
