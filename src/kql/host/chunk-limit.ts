import { MailhuntError } from '../../errors/index.ts';
import { carried } from '../functions/index.ts';

/** Milliseconds that one chunk of rows may take: meanwhile nobody else is answered, and nobody can cancel. */
const MOST_TIME = 5_000;
/** Characters that its results may have in all: they are held outside the engine's limit of memory. */
const MOST_CHARACTERS = 256 * 1024 * 1024;

/** What the rows of one chunk take together: two thousand calls of a function, or two thousand groups of an aggregate. */
export class ChunkLimit {
  readonly #now: () => number;
  readonly #began: number;
  #characters = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#began = now();
  }

  /** To be asked before each row; throws KQL0018 as the engine carries it. What one row takes is the function's own matter. */
  check(what: string): void {
    if (this.#characters > MOST_CHARACTERS) refuse(what, `${MOST_CHARACTERS} characters`);
    if (this.#now() - this.#began > MOST_TIME) refuse(what, `${MOST_TIME / 1000} s`);
  }

  /** To be told of each row's result. */
  add(result: string | null): void {
    this.#characters += result?.length ?? 0;
  }
}

function refuse(what: string, limit: string): never {
  throw carried(new MailhuntError('KQL0018', { what, limit }));
}
