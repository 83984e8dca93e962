import type { Counter, Histogram } from 'prom-client';
import type { Resolver } from '../../mail/index.ts';
import type { Numbers } from '../../telemetry/index.ts';
import type { GateHouse } from '../gate-house.ts';
import type { Observed } from '../judging/index.ts';
import type { Notice } from '../smtp/index.ts';

/** Seconds: 95 of 100 rulings should stay below 0.03 with warm DNS; a dead one takes 10. */
const RULING = [0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** A front that listens. */
export interface CountedFront {
  readonly name: 'smtp' | 'milter';
  readonly connections: () => number;
}

/** The numbers of a gate, for Prometheus. Labels are words and codes, never what somebody wrote. */
export class GateNumbers {
  readonly #numbers: Numbers;
  readonly #messages: Counter<'answer' | 'action'>;
  readonly #wouldBe: Counter<'action'>;
  readonly #unjudged: Counter;
  readonly #rulings: Histogram;
  readonly #refusals: Counter<'stage' | 'code'>;
  readonly #hopFailures: Counter;
  readonly #dns: Counter<'outcome'>;

  constructor(numbers: Numbers) {
    this.#numbers = numbers;
    this.#messages = numbers.counter('mailhunt_gate_messages_total', 'Messages answered, by SMTP code and action.', [
      'answer',
      'action',
    ]);
    this.#wouldBe = numbers.counter('mailhunt_gate_audited_total', 'Messages in Audit, by what Enforce would do.', [
      'action',
    ]);
    this.#unjudged = numbers.counter('mailhunt_gate_unjudged_total', 'Messages answered without being judged.');
    this.#rulings = numbers.histogram(
      'mailhunt_gate_ruling_duration_seconds',
      'Time from a message’s end to the gate’s ruling.',
      { buckets: RULING },
    );
    this.#refusals = numbers.counter(
      'mailhunt_gate_refusals_total',
      'Refusals of the SMTP server itself, by where in the conversation and SMTP code.',
      ['stage', 'code'],
    );
    this.#hopFailures = numbers.counter('mailhunt_gate_next_hop_failures_total', 'Times that the next hop failed.');
    this.#dns = numbers.counter('mailhunt_gate_dns_questions_total', 'Questions to DNS, by whether it answered.', [
      'outcome',
    ]);
    for (const outcome of ['answered', 'failed']) this.#dns.inc({ outcome }, 0);
  }

  /** Counts a message, once its client is answered. */
  message({ answer, action, wouldBe, trouble, ms }: Observed): void {
    this.#messages.inc({ answer: String(answer.code), action });
    if (ms !== undefined) this.#rulings.observe(ms / 1000);
    if (wouldBe !== undefined) this.#wouldBe.inc({ action: wouldBe.action.split(' ', 1)[0]! });
    if (trouble !== undefined) this.#unjudged.inc();
  }

  /** Counts what the SMTP server says; the answer to a whole message is counted as a message. */
  notice({ about, stage = 'command', code }: Notice): void {
    if (about === 'next hop') this.#hopFailures.inc();
    if (about === 'refusal' && stage !== 'message')
      this.#refusals.inc({ stage, code: code === undefined ? 'none' : String(code) });
  }

  /** A resolver whose questions are counted; what a memory before it answers is not. */
  counted(resolver: Resolver): Resolver {
    return {
      query: async (name, type) => {
        const answer = await resolver.query(name, type);
        this.#dns.inc({ outcome: answer.status === 'failed' ? 'failed' : 'answered' });
        return answer;
      },
    };
  }

  /** Shows how a gate is, whenever it is asked. */
  watch(
    house: Pick<GateHouse, 'waiting' | 'hasRoom' | 'isStoreAway' | 'quarantine'>,
    { fronts, mode }: { readonly fronts: readonly CountedFront[]; readonly mode: () => 'Enforce' | 'Audit' },
  ): void {
    const gauge = this.#numbers.gauge.bind(this.#numbers);
    this.#numbers.gauges('mailhunt_gate_connections', 'Connections that are open.', {
      label: 'front',
      values: async () => fronts.map(({ name, connections }) => [name, connections()] as const),
    });
    gauge('mailhunt_gate_waiting_bytes', 'Decisions that wait for the store.', () => house.waiting);
    gauge('mailhunt_gate_journal_full', '1 while there is no room for more.', () => Number(!house.hasRoom));
    gauge('mailhunt_gate_store_away', '1 when the store failed the last time.', () => Number(house.isStoreAway));
    gauge('mailhunt_gate_quarantine_messages', 'Messages in quarantine.', () => house.quarantine.size);
    gauge(
      'mailhunt_gate_quarantine_bytes',
      'Bytes in quarantine, before they are compressed.',
      () => house.quarantine.status.bytes,
    );
    gauge('mailhunt_gate_quarantine_full', '1 while it can keep nothing more, and puts off what it would keep.', () =>
      Number(house.quarantine.status.isFull),
    );
    gauge('mailhunt_gate_enforcing', '1 while the policy is in Enforce.', () => Number(mode() === 'Enforce'));
  }
}
