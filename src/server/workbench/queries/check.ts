import { MailhuntError } from '../../../errors/index.ts';
import {
  answerOf,
  type CheckedText,
  type DeclaredParameter,
  type Diagnostic,
  type Warning,
} from '../../../kql/index.ts';
import { abortable } from '../../http/abortable.ts';
import { inTurn } from '../../http/in-turn.ts';
import type { Operation } from '../../http/operation.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { type FailureJson, failureJson } from './failure-json.ts';
import { withAdvice } from './query.ts';

/** A text that is being written: what is wrong with it, what will surprise, what it would run. */
export interface CheckAnswer {
  /** What Microsoft's binder says. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is wrong with it for us alone. */
  readonly refusal?: FailureJson;
  /** Predicates that no row at hand makes true, tables without rows. */
  readonly warnings: readonly Warning[];
  /** One a table; none where what would run depends on rows or on sources outside. */
  readonly sql: readonly string[];
  readonly parameters: readonly DeclaredParameter[];
  /** True where the text itself says from when its rows are. */
  readonly limitsTime: boolean;
}

/** How long looking for rows may take, in milliseconds: somebody is writing. */
const PATIENCE = 10_000;

const operation: Operation = {
  summary: 'Checks a query without running it: diagnostics, refusals, predicates that are never true, its SQL',
  body: {
    type: 'application/json',
    limit: 4 * 1024 * 1024,
    schema: {
      type: 'object',
      required: ['text'],
      additionalProperties: false,
      properties: {
        text: { type: 'string', description: 'KQL' },
        parameters: { type: 'object', additionalProperties: { type: 'string' } },
      },
    },
  },
  answers: {
    200: {
      description: 'what was found',
      type: 'application/json',
      schema: {
        type: 'object',
        required: ['diagnostics', 'warnings', 'sql', 'parameters', 'limitsTime'],
        properties: {
          diagnostics: { type: 'array', items: { type: 'object' } },
          refusal: { type: 'object' },
          warnings: { type: 'array', items: { type: 'object' } },
          sql: { type: 'array', items: { type: 'string' } },
          parameters: { type: 'array', items: { type: 'object' } },
          limitsTime: { type: 'boolean' },
        },
      },
    },
  },
};

/** Checks of the page's editor. */
export const checkRoutes: readonly Route[] = [
  { method: 'POST', path: '/api/v1/check', needs: 'query', operation, answer: check },
];

interface Asked {
  readonly text: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

async function check(visit: Visit): Promise<void> {
  const { site, response } = visit;
  const { text, parameters } = visit.body as Asked;
  try {
    await inTurn(visit, PATIENCE, async (signal) => {
      const options = { signal, ...(parameters && { parameters }) };
      const found = await abortable(site.check(text, options), signal);
      sendJson(response, 200, await answered(found, text, visit, signal));
    });
  } catch (error) {
    if (!(error instanceof MailhuntError) || !isOfTheText(error)) throw error;
    sendJson(response, 200, { ...nothing, refusal: failureJson(error, text) } satisfies CheckAnswer);
  }
}

const nothing = { diagnostics: [], warnings: [], sql: [], parameters: [], limitsTime: false };

/** No text, a command, one too large, one that takes too long: for that a text is refused before anything can be said of it. */
const isOfTheText = ({ code }: MailhuntError): boolean =>
  (code.startsWith('KQL') && code !== 'KQL0008') || code === 'HTTP0009';

async function answered(
  { diagnostics, refusal, parameters, limitsTime, compiled }: CheckedText,
  text: string,
  { site }: Visit,
  signal: AbortSignal,
): Promise<CheckAnswer> {
  const { warnings, tables } = compiled
    ? await abortable(answerOf(compiled, { engine: site.store.engine, signal }), signal)
    : { warnings: [], tables: [] };
  return {
    diagnostics,
    ...(refusal && { refusal: failureJson(refusal, text) }),
    warnings: warnings.map(withAdvice),
    sql: tables.map(({ sql }) => sql),
    parameters,
    limitsTime,
  };
}
