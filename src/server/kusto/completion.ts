import type { MailhuntError } from '../../errors/index.ts';
import type { Warning } from '../../kql/index.ts';
import { messageOf } from './errors.ts';
import type { Exchange } from './exchange.ts';

/** How a query went, as both protocols tell it beside the rows. */
export interface Completion {
  readonly error: MailhuntError | undefined;
  readonly warnings: readonly Warning[];
  /** Rows and characters of all tables. */
  readonly rows: number;
  readonly size: number;
}

/** One line of the story, in the terms of both protocols. */
export interface CompletionEvent {
  /** 2 Error, 4 Info, 6 Stats. Clients take 2 and less for a failure, Python's also 3: a warning is Info. */
  readonly level: 2 | 4 | 6;
  readonly levelName: 'Error' | 'Info' | 'Stats';
  /** An HRESULT. */
  readonly status: number;
  readonly statusName: string;
  readonly type: number;
  readonly typeName: 'QueryInfo' | 'QueryWarning' | 'QueryError' | 'QueryResourceConsumption';
  readonly text: string;
  readonly count: number;
  readonly payload: object;
}

const ok = { status: 0, statusName: 'S_OK (0)', count: 1 } as const;
const info = { level: 4, levelName: 'Info', ...ok } as const;
/** 0x80DA0003, E_QUERY_RESULT_SET_TOO_LARGE. */
const TOO_LARGE = -2_133_196_797;
/** 0x80004005, E_FAIL. */
const FAILED = -2_147_467_259;

/** The story of a query: how it ended, its warnings, what it used. */
export function completionEvents(completion: Completion, exchange: Exchange): CompletionEvent[] {
  const { error, warnings } = completion;
  const end = error ? failed(error, exchange) : said('QueryInfo', 4, 'Query completed successfully');
  const warned = warnings.map(({ code, message }) => said('QueryWarning', 5, `${code}: ${message}`));
  return [end, ...warned, consumed(completion, exchange)];
}

const said = (typeName: CompletionEvent['typeName'], type: number, text: string): CompletionEvent => ({
  ...info,
  type,
  typeName,
  text,
  payload: { Count: 1, Text: text },
});

function failed(error: MailhuntError, exchange: Exchange): CompletionEvent {
  const text = messageOf(error, exchange.text);
  const status = error.code === 'HTTP0010' ? TOO_LARGE : FAILED;
  return {
    level: 2,
    levelName: 'Error',
    status,
    statusName: error.code === 'HTTP0010' ? `E_QUERY_RESULT_SET_TOO_LARGE (${status})` : `E_FAIL (${status})`,
    type: 4,
    typeName: 'QueryError',
    text,
    count: 1,
    payload: { Count: 1, Text: text },
  };
}

function consumed(completion: Completion, exchange: Exchange): CompletionEvent {
  const payload = {
    ExecutionTime: (exchange.now() - exchange.started) / 1000,
    dataset_statistics: [{ table_row_count: completion.rows, table_size: completion.size }],
  };
  const text = JSON.stringify(payload);
  return { ...ok, level: 6, levelName: 'Stats', type: 0, typeName: 'QueryResourceConsumption', text, payload };
}
