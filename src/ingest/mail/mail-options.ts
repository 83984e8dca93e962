import type { GuardedResolver, Resolver } from '../../mail/index.ts';
import type { KeptMessage } from '../../store/index.ts';
import type { JudgeOptions } from './judge.ts';
import type { RowOptions } from './rows/message-rows.ts';

/** How raw mail comes in. */
export interface MailOptions {
  readonly judge: JudgeOptions;
  readonly rows: RowOptions;
  /** Answers DNS; where it is guarded, its death ends the run. */
  readonly resolver: Resolver | GuardedResolver;
  /** Worker threads at most; as many as there are processors by default, none for little mail. */
  readonly threads?: number;
  /** Whether messages attached to others (message/rfc822) come in as messages of their own, too. */
  readonly nested?: boolean;
  /** Keeps the messages themselves, before their rows are stored; left out: they are read and forgotten. */
  readonly keep?: (messages: readonly KeptMessage[]) => Promise<unknown>;
}
