/** A row of an answer, or one that was made of a message: cells by the name of their column. */
export class Row {
  readonly #cells: ReadonlyMap<string, unknown>;

  /** @param cells as many as `columns`; null where there is nothing */
  constructor(columns: readonly string[], cells: readonly unknown[]) {
    this.#cells = new Map(columns.map((name, i) => [name, cells[i]]));
  }

  /** A text; empty where the cell is null or no text. */
  text(column: string): string {
    const cell = this.#cells.get(column);
    return typeof cell === 'string' ? cell : '';
  }

  /** A number; undefined where the cell holds none. */
  number(column: string): number | undefined {
    const cell = this.#cells.get(column);
    return typeof cell === 'number' ? cell : undefined;
  }

  /** A bool; undefined where the cell holds none. */
  flag(column: string): boolean | undefined {
    const cell = this.#cells.get(column);
    return typeof cell === 'boolean' ? cell : undefined;
  }

  /** A datetime as ISO 8601 text; undefined where the cell is null. */
  time(column: string): string | undefined {
    return this.text(column) || undefined;
  }

  /** The texts of a dynamic array; empty where it is none. */
  texts(column: string): readonly string[] {
    return this.array(column).filter((one) => typeof one === 'string');
  }

  /** A dynamic array; empty where it is none. */
  array(column: string): readonly unknown[] {
    const value = dynamicOf(this.#cells.get(column));
    return Array.isArray(value) ? value : [];
  }

  /** A dynamic property bag; empty where it is none. */
  bag(column: string): Readonly<Record<string, unknown>> {
    const value = dynamicOf(this.#cells.get(column));
    return isBag(value) ? value : {};
  }
}

/** Answers have dynamic cells as native JSON, rows that were made of a message as the text of it. */
function dynamicOf(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  try {
    return JSON.parse(cell);
  } catch {
    return undefined;
  }
}

/** Whether a value that came out of JSON is an object with members. */
export const isBag = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
