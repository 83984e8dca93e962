import type { Resolver } from '../../mail/index.ts';
import type { FoundMessage } from './found-message.ts';
import { type JudgeOptions, judge } from './judge.ts';
import { messageRows, type RowOptions, type TableRows } from './rows/message-rows.ts';

/** How rows are made of messages. Plain data: it travels to worker threads. */
export interface JudgeSetup {
  readonly options: JudgeOptions;
  readonly rows: RowOptions;
}

/** The rows of one message. */
export interface JudgedRows {
  readonly position: number;
  readonly tables: readonly TableRows[];
}

/** Judges messages side by side, so that they wait for DNS together, and prints their rows in order. */
export const judgeGroup = (
  messages: readonly FoundMessage[],
  { options, rows }: JudgeSetup,
  resolver: Resolver,
): Promise<readonly JudgedRows[]> =>
  Promise.all(
    messages.map(async (found) => ({
      position: found.position,
      tables: messageRows(await judge(found, options, resolver), rows),
    })),
  );
