import { computePosition, flip, offset, shift } from "@floating-ui/dom";

const ID = "tip";

/** Shows the tip of an element beside it. Gives how to hide it. */
export function showTip(of: Element): () => void {
  const tip = document.createElement("div");
  tip.id = ID;
  tip.className = "tooltip";
  tip.role = "tooltip";
  const words = of.getAttribute("data-tip") ?? "";
  tip.textContent = words;
  document.body.append(tip);
  // Where it says no more than the name, a screen reader has said it already.
  const says = words !== of.getAttribute("aria-label");
  if (says) of.setAttribute("aria-describedby", ID);
  const middleware = [offset(4), flip(), shift({ padding: 8 })];
  void computePosition(of, tip, { strategy: "fixed", placement: "top", middleware }).then(({ x, y }) => {
    tip.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  });
  return () => {
    if (says) of.removeAttribute("aria-describedby");
    tip.remove();
  };
}
