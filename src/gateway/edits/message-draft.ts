import { decodedText, type HeaderField, type RawMessage } from '../../mail/index.ts';
import type { Edits } from '../gate.ts';

/** A field to be put on top. */
export interface NewField {
  /** As it is to be written. */
  readonly name: string;
  /** Text; folded with CRLF and a blank. */
  readonly value: string;
}

/** A message while it is changed: what goes, what comes on top, another body. */
export class MessageDraft {
  readonly message: RawMessage;
  readonly #gone = new Set<number>();
  #top: readonly NewField[] = [];
  /** Another body; undefined while it is the message's own. */
  body: Buffer | undefined;

  constructor(message: RawMessage) {
    this.message = message;
  }

  /** Takes out every field of a name, those put on top before included, for which `goes` holds. */
  remove(name: string, goes: (value: string) => boolean = () => true): void {
    const field = name.toLowerCase();
    this.removeOwn((one) => one.name === field && goes(one.value));
    this.#top = this.#top.filter((one) => one.name.toLowerCase() !== field || !goes(one.value));
  }

  /**
   * Takes out the fields that the message came with for which `goes` holds.
   *
   * @returns whether any was taken out
   */
  removeOwn(goes: (field: HeaderField) => boolean): boolean {
    const before = this.#gone.size;
    for (const [at, one] of this.message.fields.entries()) if (goes(one)) this.#gone.add(at);
    return this.#gone.size > before;
  }

  /** Puts fields above all others, the first of them topmost. */
  put(...fields: readonly NewField[]): void {
    this.#top = [...fields, ...this.#top];
  }

  /** The values of a field as the message has it now, from the top; text as it stands, without the blank behind the colon. */
  valuesOf(name: string): readonly string[] {
    const field = name.toLowerCase();
    const own = this.message.fields.filter((one, at) => one.name === field && !this.#gone.has(at));
    const put = this.#top.filter((one) => one.name.toLowerCase() === field);
    return [...put.map(({ value }) => value), ...own.map(({ value }) => decodedText(value).replace(/^[ \t]/, ''))];
  }

  /** Lower-case names of the fields that go or come. */
  get changedNames(): ReadonlySet<string> {
    const gone = [...this.#gone].map((at) => this.message.fields[at]!.name);
    return new Set([...gone, ...this.#top.map(({ name }) => name.toLowerCase())]);
  }

  get edits(): Edits {
    const seen = new Map<string, number>();
    const remove = this.message.fields.flatMap(({ name }, at) => {
      const occurrence = (seen.get(name) ?? 0) + 1;
      seen.set(name, occurrence);
      return this.#gone.has(at) ? [{ name, occurrence }] : [];
    });
    return { remove, insert: this.#top, body: this.body };
  }
}
