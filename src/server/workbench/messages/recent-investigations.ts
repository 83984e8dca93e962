import type { Investigation } from '../../../investigate/index.ts';
import type { Store } from '../../../store/index.ts';
import type { Principal } from '../../access/right.ts';

interface Entry {
  readonly found: Investigation;
  /** What the store held when it was begun. */
  readonly mark: string;
  readonly until: number;
}

/** What is known of a store without asking it. */
type Holding = Pick<Store, 'counts' | 'catalog'>;

/** How long an investigation is kept, in milliseconds, and how many are. */
const LIMITS = { milliseconds: 60_000, count: 20 } as const;

/**
 * The last investigations, so that the page and its reports are made of one. Each belongs to whoever asked for it, with the
 * rights that he had, and to the rows that were in the store.
 */
export class RecentInvestigations {
  readonly #entries = new Map<string, Entry>();
  readonly #store: Holding;
  readonly #now: () => number;
  #cleared = 0;

  /** @param now milliseconds since 1970 */
  constructor(store: Holding, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** The one of a message that was made for the same person a moment ago; undefined where there is none any more. */
  get(principal: Principal, id: string): Investigation | undefined {
    const entry = this.#entries.get(keyOf(principal, id));
    const isFresh = entry?.mark === this.#mark() && this.#now() < entry.until;
    return isFresh ? entry.found : undefined;
  }

  /** Makes one and keeps it. What comes into the store meanwhile makes it old at once. */
  async make(principal: Principal, id: string, investigate: () => Promise<Investigation>): Promise<Investigation> {
    const mark = this.#mark();
    const found = await investigate();
    const key = keyOf(principal, id);
    this.#entries.delete(key);
    this.#entries.set(key, { found, mark, until: this.#now() + LIMITS.milliseconds });
    this.#sweep();
    return found;
  }

  /** Forgets them all: what they say may have been removed from the store. */
  clear(): void {
    this.#cleared++;
    this.#entries.clear();
  }

  #sweep(): void {
    const now = this.#now();
    for (const [key, { until }] of this.#entries)
      if (until <= now || this.#entries.size > LIMITS.count) this.#entries.delete(key);
  }

  /** Changes with every row that comes or goes, and with {@link clear}: what is at work meanwhile is old as well. */
  #mark(): string {
    const rows = this.#store.catalog().tables.map((table) => table.rows);
    return JSON.stringify([this.#cleared, this.#store.counts, rows]);
  }
}

const keyOf = ({ kind, name, rights }: Principal, id: string): string =>
  JSON.stringify([kind, name, [...rights].sort(), id]);
