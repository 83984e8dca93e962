import type { Entry } from '../journal/index.ts';
import type { GateCounts } from './control.ts';

/** Different answers and rules that are counted apart; a next hop may invent codes. */
const MOST = 500;
const OTHERS = 'others';

/** Counts what a gate says, by answer and by rule. */
export class MessageCounts {
  readonly #byAnswer = new Map<string, number>();
  readonly #byRule = new Map<string, number>();

  /** Counts a decision that was written down. */
  note({ told }: Pick<Entry, 'told'>): void {
    if (told === undefined) return;
    add(this.#byAnswer, told.answer.split(' ', 2).join(' '));
    add(this.#byRule, told.rule ?? '');
  }

  get counts(): GateCounts {
    return { byAnswer: Object.fromEntries(this.#byAnswer), byRule: Object.fromEntries(this.#byRule) };
  }
}

function add(counts: Map<string, number>, name: string): void {
  const key = counts.has(name) || counts.size < MOST ? name : OTHERS;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
