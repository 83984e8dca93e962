import { MailhuntError } from '../../errors/index.ts';
import type { ServerSettings } from '../settings.ts';
import type { Options } from './options.ts';

const MB = 1024 * 1024;

/**
 * How much of a result may still be sent: rows and characters, over all its tables. What is over is cut off with the
 * error E_QUERY_RESULT_SET_TOO_LARGE (HTTP0010), except for `query_take_max_records`, which is no error.
 *
 * @see https://learn.microsoft.com/kusto/concepts/query-limits
 */
export class Limits {
  readonly #rows: number;
  readonly #size: number;
  readonly #take: number;
  /** Rows let through so far. */
  rows = 0;
  /** Characters of JSON text let through so far. */
  size = 0;

  constructor(options: Options, settings: Pick<ServerSettings, 'rows' | 'size'>) {
    const unlimited = options.notruncation === true;
    this.#rows = unlimited ? Infinity : (options.truncationmaxrecords ?? settings.rows);
    this.#size = unlimited ? Infinity : (options.truncationmaxsize ?? settings.size);
    this.#take = options.query_take_max_records ?? Infinity;
  }

  /** Lets rows through: those of the block that fit, and whether the result ends with them, and why. */
  admit(block: readonly string[]): { readonly rows: readonly string[]; readonly full: boolean; error?: MailhuntError } {
    const most = Math.min(this.#rows, this.#take);
    for (let at = 0; at < block.length; at++) {
      const size = this.size + block[at]!.length;
      if (this.rows < most && size <= this.#size) {
        this.rows++;
        this.size = size;
        continue;
      }
      const rows = block.slice(0, at);
      if (this.rows >= this.#take) return { rows, full: true };
      const limit = this.rows >= this.#rows ? `${this.#rows} records` : sizeText(this.#size);
      return { rows, full: true, error: new MailhuntError('HTTP0010', { limit }) };
    }
    return { rows: block, full: false };
  }
}

/** A size as Kusto says it: in MB where it is a whole number of them. */
const sizeText = (bytes: number): string => (bytes % MB === 0 ? `${bytes / MB} MB` : `${bytes} bytes`);
