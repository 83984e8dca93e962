import type { Edits, Gate, Offered, Ruling } from '../../../src/gateway/gate.ts';
import type { Reply } from '../../../src/policy/index.ts';

/** What a made-up gate is to say; what is left out hands the message on as it is. */
export interface Script {
  readonly reply?: Reply | undefined;
  readonly edits?: Partial<Edits> | undefined;
  /** Milliseconds before it says anything. */
  readonly after?: number;
  readonly throws?: Error;
  /** Why its journal cannot be written. */
  readonly recordThrows?: Error | undefined;
}

/** A gate that says what a test wants it to say, and remembers what it was asked. */
export interface MadeUpGate extends Gate {
  readonly offered: Offered[];
  /** Headers of messages that were let on unread. */
  readonly headers: Offered[];
  /** Answers that were written down. */
  readonly recorded: Reply[];
  /** How often a question was given up. */
  readonly aborted: () => number;
}

/**
 * @param say for each message
 * @param recipientClass @default all of one class
 */
export function madeUpGate(
  say: (offered: Offered) => Script | Promise<Script> = () => ({}),
  recipientClass: (address: string) => string = () => '',
): MadeUpGate {
  const offered: Offered[] = [];
  const headers: Offered[] = [];
  const recorded: Reply[] = [];
  let aborted = 0;
  const rule = async (one: Offered, signal: AbortSignal): Promise<Ruling> => {
    offered.push(one);
    signal.addEventListener('abort', () => aborted++);
    const { reply, edits, after = 0, throws, recordThrows } = await say(one);
    if (after > 0) await pause(after, signal);
    if (throws) throw throws;
    return rulingOf({ reply, edits, recordThrows });
  };
  const unread = (one: Offered): Ruling => {
    headers.push(one);
    return rulingOf({ edits: { insert: [{ name: 'X-Unread', value: 'yes' }] } });
  };
  const rulingOf = ({ reply, edits, recordThrows }: Omit<Script, 'after'>): Ruling => ({
    decision: { action: { kind: 'Deliver' }, changes: [], rule: undefined, trace: [] },
    course: reply === undefined ? 'handOn' : 'answer',
    reply,
    edits: { remove: [], insert: [], body: undefined, ...edits },
    record: async (answer) => {
      if (recordThrows) throw recordThrows;
      recorded.push(answer);
    },
  });
  return { offered, headers, recorded, aborted: () => aborted, rule, unread, recipientClass };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
