import { useEffect, useState } from 'react';
import type { CheckAnswer } from '../../../src/server/workbench/queries/check.ts';
import { postJson } from '../api/call.ts';
import { type Statement, statementAt, statementsIn } from '../editor/statements.ts';
import { parametersFor } from './parameters.ts';
import { type Problem, problemsOf } from './problems.ts';

/** So long nothing is typed before the server is asked, in milliseconds. */
const PAUSE = 250;
/** More queries of one text are not checked: the one at the cursor always is. */
const MOST = 30;
/** Answers that are kept: a text that comes back, by undo or another tab, is not asked about again. */
const MOST_KEPT = 200;

const kept = new Map<string, CheckAnswer>();

/** What is known of a text that is being written. */
export interface Checks {
  /** Of all its queries. */
  readonly problems: readonly Problem[];
  /** Of the query at the cursor; undefined while that is new. */
  readonly current: CheckAnswer | undefined;
}

type Parameters = Readonly<Record<string, string>>;

const keyOf = (text: string, values: Parameters, version: string): string =>
  JSON.stringify([text, parametersFor(text, values), version]);

/**
 * Checks a text while it is written, a query of it at a time. Nothing is asked while somebody types, and what is asked is
 * dropped when the text has changed.
 *
 * @param version changes when tables do
 */
export function useChecks(text: string, cursor: number, parameters: Parameters, version: string): Checks {
  const [, setAnswered] = useState(0);
  const statements = statementsIn(text);
  const current = statementAt(text, cursor);
  const answerOf = (statement: Statement | undefined) =>
    statement && kept.get(keyOf(statement.text, parameters, version));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the statements are those of the text
  useEffect(() => {
    if (version === '') return;
    const aborter = new AbortController();
    const timer = setTimeout(async () => {
      const first = current ? [current] : [];
      for (const statement of [...first, ...statements].slice(0, MOST)) {
        const key = keyOf(statement.text, parameters, version);
        if (kept.has(key)) continue;
        const answer = await ask(statement.text, parametersFor(statement.text, parameters), aborter.signal);
        if (aborter.signal.aborted) return;
        if (answer) keep(key, answer);
        setAnswered((count) => count + 1);
      }
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      aborter.abort();
    };
  }, [text, current?.start, parameters, version]);

  return {
    problems: statements.flatMap((statement) => {
      const answer = answerOf(statement);
      return answer ? problemsOf(answer, statement.start) : [];
    }),
    current: answerOf(current),
  };
}

/** The server's check; undefined where it has none to give now. What is wrong with the connection the frame says. */
async function ask(text: string, parameters: Parameters, signal: AbortSignal): Promise<CheckAnswer | undefined> {
  try {
    return await postJson<CheckAnswer>('/api/v1/check', { text, parameters }, signal);
  } catch {
    // aborted, or the server is busy or gone: the next change asks again, and a run says what is wrong
    return undefined;
  }
}

function keep(key: string, answer: CheckAnswer): void {
  kept.set(key, answer);
  const [oldest] = kept.keys();
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
}
