/** Something that can be done now: by its keys, or by its name in the palette. */
export interface Action {
  /** What it does, as a command: `Run the query`. */
  readonly name: string;
  /** `Shift+Enter`, `Ctrl+S`, `g h`, `?`; none where only the palette has it. */
  readonly keys?: string;
  /** Heading in the palette and in the list of keys: the page's name. */
  readonly group?: string;
  /**
   * True where the keys are handled elsewhere (by Monaco, by a grid) and are only told here. Otherwise the frame listens
   * for them; while somebody writes, only for those with Ctrl, Alt or a function key.
   */
  readonly isHandled?: boolean;
  readonly run: () => void;
}

/** What can be done now, told by every part of the page that is on the screen. */
export class ActionList {
  readonly #groups = new Map<object, readonly Action[]>();
  readonly #listeners = new Set<() => void>();
  #all: readonly Action[] = [];

  /** Adds or replaces one part's actions. */
  put(owner: object, actions: readonly Action[]): void {
    this.#groups.set(owner, actions);
    this.#changed();
  }

  /** Takes away a part's actions. */
  remove(owner: object): void {
    if (this.#groups.delete(owner)) this.#changed();
  }

  /** All actions, the part that came last first; the same array until something changes. */
  get all(): readonly Action[] {
    return this.#all;
  }

  /** Calls back on every change; returns what ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #changed(): void {
    this.#all = [...this.#groups.values()].reverse().flat();
    for (const listener of this.#listeners) listener();
  }
}
