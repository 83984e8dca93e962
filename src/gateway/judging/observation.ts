import type { VerdictWords } from '../../mail/index.ts';
import type { Decision, FinalAction, Reply } from '../../policy/index.ts';
import type { Offered } from '../gate.ts';

/** What became of one message, for the log and the numbers. Texts of the sender in it are hostile. */
export interface Observed {
  /** Its NetworkMessageId; undefined where it left no row. */
  readonly id: string | undefined;
  readonly offered: Pick<Offered, 'client' | 'mailFrom' | 'recipients' | 'queueId'>;
  /** Of the message, as far as it was kept. */
  readonly bytes: number;
  /** Undefined where it was not judged. */
  readonly verdict: VerdictWords | undefined;
  readonly action: FinalAction['kind'];
  readonly rule: string | undefined;
  /** What Enforce would have done, for a policy in Audit. */
  readonly wouldBe: WouldBe | undefined;
  readonly answer: Reply;
  /** Milliseconds from the question to the ruling; undefined where the gate was not asked. */
  readonly ms: number | undefined;
  /** Why it was not judged. */
  readonly trouble: string | undefined;
}

/** An action with its answer (`Reject 550 5.7.26`), and by which rule. */
export interface WouldBe {
  readonly action: string;
  readonly rule: string | undefined;
}

/** Hears of each message once, when it is known what its client is told. */
export type Observer = (observed: Observed) => void;

/** What only some messages have. */
type Particular = { readonly [K in 'id' | 'verdict' | 'wouldBe' | 'trouble']?: Observed[K] | undefined };

/** One message on its way, from the question to the answer. */
export class Observation {
  readonly offered: Offered;
  readonly #observer: Observer | undefined;
  readonly #began = performance.now();
  #ms: number | undefined;

  constructor(offered: Offered, observer: Observer | undefined) {
    this.offered = offered;
    this.#observer = observer;
  }

  /** The ruling is known; what comes now is the next hop's time, and the journal's. */
  ruled(): void {
    this.#ms ??= performance.now() - this.#began;
  }

  /** Its end. */
  tell(
    { decision, answer }: { readonly decision: Decision; readonly answer: Reply },
    { id, verdict, wouldBe, trouble }: Particular = {},
  ): void {
    const { client, mailFrom, recipients, queueId, bytes } = this.offered;
    this.#observer?.({
      id,
      offered: { client, mailFrom, recipients, queueId },
      bytes: bytes.length,
      verdict,
      action: decision.action.kind,
      rule: decision.rule,
      wouldBe,
      answer,
      ms: this.#ms === undefined ? undefined : Math.round(this.#ms),
      trouble,
    });
  }
}
