import type { IncomingMessage } from 'node:http';
import { MailhuntError } from '../../errors/index.ts';
import { fingerprint } from '../http/audit.ts';
import { pathOf } from '../http/body.ts';
import type { Functions, Site, Visit } from '../http/route.ts';
import type { Session } from '../session.ts';
import { requireRight } from './principal-of.ts';

/** Who uses the site, and for what. */
type Visitor = Pick<Visit, 'principal' | 'note'> & { readonly request: IncomingMessage };

/**
 * The site as one visitor may use it: every protocol goes through it, so that none can forget to count rows, to leave a
 * line in the audit log, or to ask for the right to change stored functions.
 */
export function siteFor(site: Site, visitor: Visitor): Site {
  return { ...site, session: watched(site, visitor), functions: guarded(site.functions, visitor) };
}

function watched({ session, metrics }: Site, { note }: Visitor): Session {
  let queries = 0;
  const count = (rows: number) => metrics.rowsOut(rows);
  return {
    ...session,
    query: async (text, options) => {
      queries++;
      note(queries === 1 ? { query: fingerprint(text), characters: text.length } : { queries });
      const answer = await session.query(text, options);
      return { ...answer, tables: answer.tables.map((table) => ({ ...table, blocks: counted(table.blocks, count) })) };
    },
    message: (id) => {
      note({ message: id });
      return session.message(id);
    },
  };
}

/** Blocks as they come, their rows counted. Not a generator: `return` is to reach the source while it is still at work. */
const counted = <T extends { readonly length: number }>(
  blocks: AsyncIterable<T>,
  count: (rows: number) => void,
): AsyncIterable<T> => ({
  [Symbol.asyncIterator]() {
    const source = blocks[Symbol.asyncIterator]();
    return {
      next: async () => {
        const next = await source.next();
        if (!next.done) count(next.value.length);
        return next;
      },
      return: async (value?: unknown) => (await source.return?.(value)) ?? { done: true, value: undefined },
    };
  },
});

/** The stored functions, which a change needs `edit` for, and more than a link that somebody follows. */
function guarded(functions: Functions | undefined, visitor: Visitor): Functions | undefined {
  if (functions === undefined) return undefined;
  const require = (name: string): void => {
    const { request, principal, note } = visitor;
    requireRight(request, principal, 'edit');
    if (request.method === 'GET')
      throw new MailhuntError('HTTP0002', { path: pathOf(request), text: 'what changes something is sent by POST' });
    note({ function: name });
  };
  return {
    now: () => functions.now(),
    write: async (file) => {
      require(file.name);
      return functions.write(file);
    },
    remove: async (name) => {
      require(name);
      return functions.remove(name);
    },
  };
}
