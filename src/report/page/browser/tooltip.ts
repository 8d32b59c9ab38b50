import { element } from "./dom.ts";

const tip = element("div", { class: "tip", role: "tooltip", hidden: true });

/** Shows lines of text beside the pointer while it is over `target`. */
export function tooltip(target: Element, lines: () => readonly string[]): void {
  target.addEventListener("pointerenter", (event) => {
    if (!tip.isConnected) document.body.append(tip);
    tip.replaceChildren(...lines().map((line) => element("div", {}, line)));
    tip.hidden = false;
    place(event as PointerEvent);
  });
  target.addEventListener("pointermove", (event) => place(event as PointerEvent));
  target.addEventListener("pointerleave", () => {
    tip.hidden = true;
  });
}

/** Where it fits into the window. */
function place({ clientX, clientY }: PointerEvent): void {
  const { offsetWidth, offsetHeight } = tip;
  const left = clientX + 14 + offsetWidth > innerWidth ? clientX - 14 - offsetWidth : clientX + 14;
  const top = clientY + 14 + offsetHeight > innerHeight ? clientY - 14 - offsetHeight : clientY + 14;
  tip.style.left = `${Math.max(4, left)}px`;
  tip.style.top = `${Math.max(4, top)}px`;
}
