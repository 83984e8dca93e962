import type { MailhuntError } from '../../errors/index.ts';
import type { Answer } from '../../kql/index.ts';
import type { TextResponse } from '../http/text-response.ts';
import type { Exchange } from './exchange.ts';
import type { Limits } from './limits.ts';
import type { Options } from './options.ts';

/** What an answer is written with, in either protocol. */
export interface Reply {
  readonly answer: Answer;
  readonly exchange: Exchange;
  readonly options: Options;
  readonly limits: Limits;
  readonly signal: AbortSignal;
  /** What a person is told of something thrown. */
  readonly failureOf: (thrown: unknown) => MailhuntError;
  readonly out: TextResponse;
}
