import { imageOf, pictureOf } from "./pictureOf.ts";

/** A recording that runs. */
export interface Clip {
  /** Ends it, and gives what was recorded. */
  stop(): Promise<{ readonly file: Blob; readonly extension: string }>;
  /** Ends it, and forgets what was recorded. */
  cancel(): void;
}

/** What browsers can write, the best for slides first. */
const FORMATS = [
  { type: "video/webm;codecs=vp9", extension: "webm" },
  { type: "video/webm;codecs=vp8", extension: "webm" },
  { type: "video/webm", extension: "webm" },
  { type: "video/mp4", extension: "mp4" },
] as const;
const FRAMES_A_SECOND = 30;
/** Nodes change when a word in them does: as often as anybody reads one. In ms. */
const NODES_EVERY_MS = 150;
const BITS_A_SECOND = 5_000_000;
/** Sharp enough for a slide; larger files say no more. In px. */
const MOST_WIDE = 1920;
/** The band below, for the caption, as a part of the height. */
const BAND = 0.1;
const CAPTIONS = "[aria-label='Caption'], [aria-label='Narration']";

/**
 * Records a diagram: its nodes and lines as a picture that is made anew when they change, its moving marks as they are painted, and the
 * caption beneath. Throws where the browser records nothing.
 */
export async function recordClip(diagram: Element): Promise<Clip> {
  const format = FORMATS.find(({ type }) => globalThis.MediaRecorder?.isTypeSupported(type));
  if (!format) throw new Error("this browser records no video.");
  const { width, height } = diagram.getBoundingClientRect();
  const scale = Math.min(2, MOST_WIDE / width);
  const canvas = document.createElement("canvas");
  // Encoders want even measures.
  const even = (px: number): number => 2 * Math.round(px / 2);
  canvas.width = even(width * scale);
  canvas.height = even(height * (1 + BAND) * scale);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws on no canvas.");

  const nodes = await followNodes(diagram);
  let frame = 0;
  const paint = (): void => {
    frame = requestAnimationFrame(paint);
    const { color, backgroundColor, fontFamily } = getComputedStyle(document.body);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = backgroundColor;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const high = height * scale;
    context.drawImage(nodes.image(), 0, 0, canvas.width, high);
    const marks = diagram.querySelector("canvas");
    if (marks && marks.width > 0) context.drawImage(marks, 0, 0, canvas.width, high);
    const words = document.querySelector(CAPTIONS)?.textContent ?? "";
    const size = height * BAND * 0.4 * scale;
    context.font = `550 ${size}px ${fontFamily}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = color;
    context.fillText(words, canvas.width / 2, high + (canvas.height - high) / 2, canvas.width * 0.94);
  };
  paint();

  const stream = canvas.captureStream(FRAMES_A_SECOND);
  const recorder = new MediaRecorder(stream, { mimeType: format.type, videoBitsPerSecond: BITS_A_SECOND });
  const parts: Blob[] = [];
  recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
  recorder.start(1000);
  const end = (): void => {
    cancelAnimationFrame(frame);
    nodes.stop();
    for (const track of stream.getTracks()) track.stop();
  };
  return {
    stop: () =>
      new Promise((resolve) => {
        recorder.addEventListener("stop", () => {
          end();
          resolve({ file: new Blob(parts, { type: recorder.mimeType }), extension: format.extension });
        });
        recorder.stop();
      }),
    cancel: () => {
      recorder.stop();
      end();
    },
  };
}

/** A picture of everything but the marks, made anew when something of it has changed. */
async function followNodes(diagram: Element) {
  const take = async () => imageOf(await pictureOf(diagram, "canvas"));
  let image = await take();
  let changed = false;
  let stopped = false;
  const observer = new MutationObserver(() => (changed = true));
  observer.observe(diagram, { subtree: true, childList: true, characterData: true, attributes: true });
  const look = async (): Promise<void> => {
    if (changed) {
      changed = false;
      image = await take();
    }
    if (!stopped) setTimeout(() => void look(), NODES_EVERY_MS);
  };
  void look();
  return {
    image: () => image,
    stop: () => {
      stopped = true;
      observer.disconnect();
    },
  };
}
