/** What the MTA tells beside the commands, and is of use here. */
const known = ['{auth_authen}', '{client_name}', '{tls_version}', 'i', 'r'] as const;
export type MacroName = (typeof known)[number];

/** Letters of the commands that come before a message, in the order in which they come. */
const connectionStages: readonly string[] = ['C', 'H'];

/**
 * The macros of a connection. Each set comes right before its command and replaces the last one of that command; those
 * that come with a message (from MAIL on) end with it, so that one client's login never speaks for another message.
 */
export class Macros {
  readonly #sets = new Map<string, ReadonlyMap<string, string>>();

  /** @param stage the letter of the command that they belong to */
  set(stage: string, pairs: readonly (readonly [string, string])[]): void {
    this.#sets.delete(stage);
    this.#sets.set(stage, new Map(pairs.filter(([name]) => (known as readonly string[]).includes(name))));
  }

  /** The value that came last; undefined where it did not come, or is empty. */
  get(name: MacroName): string | undefined {
    const values = [...this.#sets.values()].map((set) => set.get(name)).filter((value) => value !== undefined);
    return values.at(-1) || undefined;
  }

  /** Forgets what belongs to the message. */
  endMessage(): void {
    for (const stage of [...this.#sets.keys()]) if (!connectionStages.includes(stage)) this.#sets.delete(stage);
  }

  /** Forgets all: another client follows. */
  endConnection(): void {
    this.#sets.clear();
  }
}
