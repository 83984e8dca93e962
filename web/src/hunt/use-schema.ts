import { useCallback, useEffect, useState } from 'react';
import type { SchemaAnswer } from '../../../src/server/workbench/queries/schema.ts';
import { getJson } from '../api/call.ts';

/** Rows come in while the page is open: counts are asked for again after so long, in milliseconds, and when it is seen again. */
const AGAIN = 60_000;

export interface SchemaState {
  readonly schema: SchemaAnswer | undefined;
  readonly error: unknown;
  readonly refresh: () => void;
  /** The server's clock, milliseconds since 1970. */
  readonly now: () => number;
}

/** What queries can name. The same object until something has changed. */
export function useSchema(): SchemaState {
  const [schema, setSchema] = useState<SchemaAnswer>();
  const [error, setError] = useState<unknown>();
  const [ahead, setAhead] = useState(0);

  const refresh = useCallback(() => {
    getJson<SchemaAnswer>('/api/v1/schema').then(
      (next) => {
        setError(undefined);
        setAhead(Date.parse(next.now) - Date.now());
        setSchema((known) => (known && sameBut(known, next) ? known : next));
      },
      (thrown) => setError(thrown),
    );
  }, []);

  useEffect(() => {
    refresh();
    const whenSeen = () => document.visibilityState === 'visible' && refresh();
    const timer = setInterval(whenSeen, AGAIN);
    document.addEventListener('visibilitychange', whenSeen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [refresh]);

  return { schema, error, refresh, now: () => Date.now() + ahead };
}

const sameBut = (a: SchemaAnswer, b: SchemaAnswer): boolean =>
  JSON.stringify({ ...a, now: '' }) === JSON.stringify({ ...b, now: '' });
