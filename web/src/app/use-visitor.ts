import { useCallback, useEffect, useState } from 'react';
import { noteCsrf } from '../api/call.ts';
import { noteConnection, useConnection } from '../api/connection.ts';
import { getJson, type Me } from '../api/index.ts';

/** How often a server that is gone is asked whether it is back, in milliseconds. */
const AGAIN = 2_000;

/** What is known of the visitor: nothing yet, an error, or who it is. */
export interface Visitor {
  readonly me: Me | undefined;
  readonly error: unknown;
  readonly ask: () => void;
}

/** Asks who is there: at first, after signing in or out, and until a server that was gone is back. */
export function useVisitor(): Visitor {
  const [state, setState] = useState<{ readonly me?: Me; readonly error?: unknown }>({});
  const connection = useConnection();
  const ask = useCallback(() => {
    getJson<Me>('/api/v1/me').then(
      (me) => {
        noteCsrf(me.csrf);
        noteConnection('there');
        setState({ me });
      },
      (error: unknown) => setState(({ me }) => (me ? { me, error } : { error })),
    );
  }, []);
  useEffect(ask, [ask]);
  useEffect(() => {
    if (connection === 'signed-out') ask();
    if (connection !== 'gone') return;
    const timer = setInterval(ask, AGAIN);
    return () => clearInterval(timer);
  }, [connection, ask]);
  return { me: state.me, error: state.error, ask };
}
