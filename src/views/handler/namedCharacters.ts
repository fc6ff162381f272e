import type { Extension } from "@codemirror/state";
import {
  Decoration,
  highlightSpecialChars,
  MatchDecorator,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import { characterName, gapName, LONG_GAP, LOOKALIKE, UNSEEN } from "../../domain/base/characters.ts";

/** What is not seen is shown as its number, with its name. */
const unseen = highlightSpecialChars({
  specialChars: UNSEEN,
  render(code) {
    const place = document.createElement("span");
    const name = characterName(String.fromCodePoint(code));
    place.className = "cm-unseen";
    place.textContent = `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
    place.title = name;
    place.setAttribute("role", "img");
    place.setAttribute("aria-label", name);
    return place;
  },
});

class Gap extends WidgetType {
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  override eq(other: Gap): boolean {
    return other.name === this.name;
  }
  override toDOM(): HTMLElement {
    const place = document.createElement("span");
    place.className = "cm-unseen";
    place.textContent = this.name;
    return place;
  }
}

const gapMarks = new MatchDecorator({
  regexp: LONG_GAP,
  decoration: ([gap]) => Decoration.replace({ widget: new Gap(gapName(gap)) }),
});

const marks = new MatchDecorator({
  regexp: LOOKALIKE,
  decoration: ([character]) =>
    Decoration.mark({ class: "cm-lookalike", attributes: { title: characterName(character) } }),
});

/** Keeps what a pattern marks marked, as the text changes. */
const marking = (marker: MatchDecorator): Extension =>
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = marker.createDeco(view);
      }
      update(update: ViewUpdate): void {
        this.decorations = marker.updateDeco(update, this.decorations);
      }
    },
    { decorations: ({ decorations }) => decorations },
  );

/**
 * Code has no character that a reader takes for nothing, or for another one: what passes for a Latin letter is underlined, with its
 * name, and what stands behind a long gap comes close.
 */
export const namedCharacters: Extension = [unseen, marking(marks), marking(gapMarks)];
