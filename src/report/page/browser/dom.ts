type Child = Node | string;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with text and elements in it. Text is only ever text: nothing here reads markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

export function button(label: Child, onClick: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", onClick);
  return made;
}

/** A part of the page under its own head. */
export function section(id: string, title: string, ...children: readonly Child[]): HTMLElement {
  return element(
    "section",
    { id, "aria-labelledby": `${id}-title` },
    element("h2", { id: `${id}-title` }, title),
    ...children,
  );
}

/** One of a few, such as what to measure; `onChoice` is told what was chosen. */
export function choice<T extends string>(
  legend: string,
  choices: readonly (readonly [value: T, label: string])[],
  chosen: T,
  onChoice: (value: T) => void,
): HTMLElement {
  const group = element("div", { class: "choice", role: "group", "aria-label": legend });
  const buttons = choices.map(([value, label]) => {
    const made = button(label, () => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === made));
      onChoice(value);
    });
    made.setAttribute("aria-pressed", String(value === chosen));
    return made;
  });
  group.append(...buttons);
  return group;
}
