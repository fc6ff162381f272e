import { tagHighlighter, tags } from "@lezer/highlight";
import "./tokens.css";

/** How code looks, wherever it is shown. Colour is kept for what messages mean, so most words are told apart by weight and shade. */
export const TOKEN = {
  comment: "token-comment",
  keyword: "token-keyword",
  value: "token-value",
  name: "token-name",
  invalid: "token-invalid",
} as const;

export const tokenHighlighter = tagHighlighter([
  { tag: tags.comment, class: TOKEN.comment },
  { tag: [tags.keyword, tags.bool, tags.null, tags.self, tags.atom], class: TOKEN.keyword },
  { tag: [tags.string, tags.number, tags.regexp, tags.special(tags.string)], class: TOKEN.value },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.className],
    class: TOKEN.name,
  },
  { tag: tags.invalid, class: TOKEN.invalid },
]);
