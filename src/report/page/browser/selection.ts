/** What of the statements is looked at; all of it has to hold. Set by clicks on the pictures, shown by the table. */
export interface Selected {
  readonly owner?: number | undefined;
  readonly method?: number | undefined;
  /** A verdict, or `none` for what no Julia was told. */
  readonly verdict?: string | undefined;
  /** Some statements, and what they have in common. */
  readonly part?: { readonly label: string; readonly indices: ReadonlySet<number> } | undefined;
}

export class Selection {
  readonly #listeners: ((selected: Selected) => void)[] = [];
  #selected: Selected = {};

  get current(): Selected {
    return this.#selected;
  }

  choose(selected: Selected): void {
    this.#selected = selected;
    for (const listener of this.#listeners) listener(selected);
  }

  onChange(listener: (selected: Selected) => void): void {
    this.#listeners.push(listener);
  }
}
