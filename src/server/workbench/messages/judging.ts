import { defaultJudgeOptions, type JudgeOptions } from '../../../ingest/index.ts';
import type { judgedBy } from '../../../investigate/index.ts';
import type { DnsAnswer, RecordType, Resolver } from '../../../mail/index.ts';

/** By what a server judges messages that are opened. */
export interface Judging {
  /** What answers DNS; without it nothing can be checked, only stamps of trusted receivers be read. */
  readonly resolver?: Resolver;
  readonly options: Omit<JudgeOptions, 'now'>;
  /** By what investigations weigh; of the settings' accepted domains and sealers alone where absent. */
  readonly weighing?: Weighing;
}

/** What an investigation is told of the house, and its weights. */
export type Weighing = ReturnType<typeof judgedBy>;

/** What is used where a server was started without: nobody is trusted, nothing is checked. */
export const noJudging: Judging = { options: defaultJudgeOptions };

/** A resolver that reaches nobody: a check that needs it ends in a temporary error, never in a verdict. */
const unreachable: Resolver = {
  query: async <T extends RecordType>(): Promise<DnsAnswer<T>> => ({ status: 'failed', failure: 'unreachable' }),
};

/** What answers the questions of a server to DNS. */
export const resolverOf = ({ resolver = unreachable }: Judging): Resolver => resolver;

/** How one message is judged, and what the reader should know of it. */
export function judgingNow({ resolver, options }: Judging, now: number) {
  const notes = [
    ...(resolver ? [] : ['This server asks no DNS: nothing was checked, only what a trusted receiver wrote is shown.']),
    ...(options.trusted.length > 0
      ? []
      : [
          'No receiver is trusted (trusted_receivers in mailhunt.yaml): the client is taken from the topmost Received field.',
        ]),
  ];
  const verdicts = resolver ? options.verdicts : 'received';
  return { options: { ...options, verdicts, now } satisfies JudgeOptions, notes };
}
