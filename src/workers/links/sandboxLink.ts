import { withoutJsonForm } from "../../domain/messages/jsonForm.ts";
import { logWords } from "../../domain/messages/logWords.ts";

export interface SandboxFrame {
  /** The end for the responder's worker. What is sent before the sandbox runs waits in it. */
  readonly port: MessagePort;
  /** Whether the process that runs it is there: the frame answers while the code in its worker is in a loop. */
  lives(): Promise<boolean>;
  /** Ends the code, whatever it is doing. */
  close(): void;
}

/** A page that says nothing for so long after it came is not ours: its host serves something else in its place. */
const PATIENCE_MS = 5000;
/** A frame that runs no code but ours answers a question within that. */
const ANSWER_WITHIN_MS = 2000;
/** What it says when it can be handed the runtime, and whenever it is asked. */
const READY = "sandbox ready";

/**
 * Puts up a sandbox: a frame without an origin, and in it a worker that inherits the frame's Content-Security-Policy, so code in it has
 * no page, no storage and no network. `sandbox.html` puts that frame into itself, and is in reach of the service worker, which has it
 * when there is no network. `onProblem` completes a sentence that begins with the responder's name.
 */
export function openSandbox(name: string, onProblem: (words: string) => void): SandboxFrame {
  const { port1, port2 } = new MessageChannel();
  const frame = document.createElement("iframe");
  frame.title = `The sandbox of ${name}`;
  frame.hidden = true;
  frame.src = new URL("sandbox.html", document.baseURI).href;

  let patience: ReturnType<typeof setTimeout> | undefined;
  let heard = false;
  const listen = (event: MessageEvent<unknown>): void => {
    if (event.source !== frame.contentWindow || event.data !== READY) return;
    stopListening();
    void hand();
  };
  const stopListening = (): void => {
    heard = true;
    clearTimeout(patience);
    removeEventListener("message", listen);
  };
  const close = (): void => {
    stopListening();
    frame.remove();
  };
  async function hand(): Promise<void> {
    try {
      const { default: script } = await import("../../sandbox/runtime.js?raw");
      const runtime = `const withoutJsonForm = ${withoutJsonForm};\nconst logWords = ${logWords};\n${script}`;
      // Served with the header that our own server sends, it has no origin that could be named.
      frame.contentWindow?.postMessage({ runtime, name: `${name}'s handler` }, "*", [port2]);
    } catch {
      onProblem(
        "'s sandbox could not be loaded. Check that the page's server still runs, then start it again.",
      );
    }
  }
  addEventListener("message", listen);
  frame.addEventListener(
    "load",
    () => {
      // Ours speaks before it is loaded to the end.
      if (heard) return;
      patience = setTimeout(
        () =>
          onProblem(
            "'s sandbox could not be opened: sandbox.html did not come from the page's host as it is.",
          ),
        PATIENCE_MS,
      );
    },
    { once: true },
  );
  document.body.append(frame);

  function lives(): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (answer: boolean): void => {
        clearTimeout(late);
        removeEventListener("message", hear);
        resolve(answer);
      };
      const hear = ({ source, data }: MessageEvent<unknown>): void => {
        if (source === frame.contentWindow && data === READY) done(true);
      };
      const late = setTimeout(() => done(false), ANSWER_WITHIN_MS);
      addEventListener("message", hear);
      frame.contentWindow?.postMessage("sandbox?", "*");
    });
  }
  return { port: port1, lives, close };
}
