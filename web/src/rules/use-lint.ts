import { useEffect, useState } from 'react';
import type { CardFinding } from '../../../src/server/workbench/rules/rule-card.ts';
import { postJson } from '../api/index.ts';
import type { Draft } from './drafts.ts';

/** What `POST /api/v1/rules/lint` answers. */
export interface Linted {
  readonly findings: readonly CardFinding[];
  /** What keeps the file from being read as a rule. */
  readonly problems: readonly string[];
}

/** Milliseconds after the last key before the linter is asked. */
const PAUSE = 600;

/** What the linter says of a draft, a moment after it was last changed. */
export function useLint({ name, text }: Draft): { readonly linted: Linted | undefined; readonly error: unknown } {
  const [state, setState] = useState<{ linted?: Linted; error?: unknown }>({});
  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      postJson<Linted>('/api/v1/rules/lint', { name, text }, stop.signal).then(
        (linted) => setState({ linted }),
        (error: unknown) => stop.signal.aborted || setState({ error }),
      );
    }, PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [name, text]);
  return { linted: state.linted, error: state.error };
}
