import { createContext, useContext } from 'react';
import type { Me } from '../../../src/server/workbench/me.ts';

export type { Me };

/** The visitor, around every page. */
export const MeContext = createContext<Me | undefined>(undefined);

/**
 * Who is there, and what may he do.
 *
 * @example const { may } = useMe(); may('bodies') // show the message's source, or say why not
 */
export function useMe(): Me & { readonly may: (right: string) => boolean } {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe() is for pages, which are shown once the visitor is known');
  return { ...me, may: (right) => me.rights.includes(right) };
}
