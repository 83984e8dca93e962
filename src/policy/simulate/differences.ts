import type { Decision } from '../decision.ts';
import type { MailItem } from '../mail-item.ts';
import { authorOf, carrierOf } from './held-groups.ts';
import { answerOf } from './policy-run.ts';
import type { Comparison, DifferingGroup } from './simulation.ts';

/** Groups that are held while mail is read, those that are told, and the examples of each. */
const LIMITS = { held: 100_000, told: 1000, examples: 3 } as const;

type Growing = {
  -readonly [K in keyof DifferingGroup]: DifferingGroup[K] extends readonly string[] ? string[] : DifferingGroup[K];
};

/** What two policies do with the same mail where they do not agree. */
export class Differences {
  readonly #groups = new Map<string, Growing>();
  #same = 0;
  #differing = 0;
  #ungrouped = 0;

  add(item: MailItem, from: Decision, to: Decision): void {
    if (deedOf(from) === deedOf(to) && JSON.stringify(from.changes) === JSON.stringify(to.changes)) {
      this.#same += 1;
      return;
    }
    this.#differing += 1;
    const named = {
      from: deedOf(from),
      to: deedOf(to),
      fromRule: from.rule ?? '',
      toRule: to.rule ?? '',
      author: authorOf(item),
      carrier: carrierOf(item).carrier,
    };
    const key = JSON.stringify(Object.values(named));
    const group = this.#groups.get(key) ?? { ...named, messages: 0, examples: [] };
    if (!this.#groups.has(key) && this.#groups.size >= LIMITS.held) {
      this.#ungrouped += 1;
      return;
    }
    group.messages += 1;
    group.examples = [item.id, ...group.examples].slice(0, LIMITS.examples);
    this.#groups.set(key, group);
  }

  result(from: string, to: string): Comparison {
    const all = [...this.#groups.values()].sort((one, other) => other.messages - one.messages);
    const rest = all.slice(LIMITS.told).reduce((sum, { messages }) => sum + messages, 0);
    return {
      from,
      to,
      same: this.#same,
      differing: this.#differing,
      groups: all.slice(0, LIMITS.told),
      ungrouped: this.#ungrouped + rest,
    };
  }
}

/** What is done with a message, in words. */
function deedOf({ action, changes }: Decision): string {
  const changed = changes.length === 0 ? '' : `, changed (${changes.map(({ kind }) => kind).join(', ')})`;
  if ('reply' in action) return `${action.kind} ${answerOf(action)}`;
  return action.kind === 'Quarantine' ? `Quarantine ${action.days} days${changed}` : `${action.kind}${changed}`;
}
