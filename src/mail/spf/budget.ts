import type { DnsAnswer, RecordType, Resolver } from '../dns/resolver.ts';
import type { SpfLimits } from './limits.ts';
import { quoted, shown } from './problem.ts';

/** Ends the whole check, however deep in includes it comes up. */
export interface Stop {
  readonly stop: 'temperror' | 'permerror';
  readonly reason: string;
}

/** One check's way to DNS, and what it has cost so far: all records of the check pay from it. */
export class SpfBudget {
  readonly limits: SpfLimits;
  /** Terms that asked DNS, and empty answers to their questions. */
  lookups = 0;
  voidLookups = 0;
  readonly #resolver: Resolver;
  readonly #end: number;

  constructor(resolver: Resolver, limits: SpfLimits) {
    this.limits = limits;
    this.#resolver = resolver;
    this.#end = limits.clock() + limits.milliseconds;
  }

  /** Asks DNS; no more when the time is up. */
  async ask<T extends RecordType>(name: string, type: T): Promise<DnsAnswer<T>> {
    return this.isLate() ? { status: 'failed', failure: 'timeout' } : this.#resolver.query(name, type);
  }

  /** Pays for a term that asks DNS, in the record of a domain. */
  countTerm(domain: string): Stop | undefined {
    const { terms } = this.limits;
    if (this.lookups >= terms) {
      const where = `the record of ${shown(domain)} goes past them`;
      return { stop: 'permerror', reason: `no more than ${terms} look-ups in DNS are allowed, and ${where}` };
    }
    this.lookups++;
    return undefined;
  }

  /** Counts the answer to a term's own question, if it is empty. */
  countVoid(name: string, answer: DnsAnswer<RecordType>): Stop | undefined {
    if (!isVoid(answer)) return undefined;
    this.voidLookups++;
    const { voidLookups } = this.limits;
    if (this.voidLookups <= voidLookups) return undefined;
    const reason = `no more than ${voidLookups} look-ups may find nothing, and ${quoted(name)} is one too many`;
    return { stop: 'permerror', reason };
  }

  /** The budget of an explanation: its questions count for nothing (RFC 7208 section 4.6.4), but the time goes on. */
  forExplanation(): SpfBudget {
    return new SpfBudget(this.#resolver, { ...this.limits, milliseconds: this.#end - this.limits.clock() });
  }

  isLate(): boolean {
    return this.limits.clock() >= this.#end;
  }

  tooLate(): Stop {
    return { stop: 'temperror', reason: `DNS took longer than ${this.limits.milliseconds} ms for the whole check` };
  }
}

function isVoid(answer: DnsAnswer<RecordType>): boolean {
  return answer.status === 'found' ? answer.records.length === 0 : answer.status !== 'failed';
}

/** What it means that DNS gave no answer: nothing about the name, so it may be asked again (RFC 7208 section 2.6.6). */
export function noAnswer(name: string, type: RecordType, failure: string): Stop {
  return { stop: 'temperror', reason: `DNS gave no answer for the ${type} records of ${shown(name)} (${failure})` };
}
