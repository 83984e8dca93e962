import type { Resolver } from '../../mail/index.ts';
import type { FoundMessage } from './found-message.ts';
import { type JudgeOptions, judge } from './judge.ts';
import type { Verdict } from './judged-message.ts';
import { messageRows, type RowOptions, type TableRows } from './rows/message-rows.ts';

/** How rows are made of messages. Plain data: it travels to worker threads. */
export interface JudgeSetup {
  readonly options: JudgeOptions;
  readonly rows: RowOptions;
}

/** Where the verdict on a message comes from, and the receiver that is believed. */
export interface Origin {
  readonly source: Verdict['source'];
  readonly receiver?: string;
}

/** The rows of one message. */
export interface JudgedRows {
  readonly position: number;
  readonly networkMessageId: string;
  readonly tables: readonly TableRows[];
  readonly origin: Origin;
}

/** Judges messages side by side, so that they wait for DNS together, and prints their rows in order. */
export const judgeGroup = (
  messages: readonly FoundMessage[],
  { options, rows }: JudgeSetup,
  resolver: Resolver,
): Promise<readonly JudgedRows[]> =>
  Promise.all(
    messages.map(async (found) => {
      const judged = await judge(found, options, resolver);
      const { networkMessageId, verdict } = judged;
      return {
        position: found.position,
        networkMessageId,
        tables: messageRows(judged, rows),
        origin: originOf(verdict),
      };
    }),
  );

const originOf = (verdict: Verdict): Origin =>
  verdict.source === 'received'
    ? { source: 'received', receiver: verdict.received.receiver }
    : { source: verdict.source };
