import { MailhuntError } from '../../../errors/index.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { type ListedMessage, listed } from './listed.ts';
import { cursorIn, idsOfPage, where } from './paging.ts';
import { lookUp, queriesOf } from './rows.ts';
import { parseSearch, searchHunt, searchPredicates } from './search/index.ts';

export type { ListedMessage };

/** A page of the list, newest first. */
export interface MessageList {
  readonly messages: readonly ListedMessage[];
  /** To be given as `before` for the next page; null at the end. */
  readonly next: string | null;
  /** The search as a hunt. */
  readonly kql: string;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

/** Messages of a page by default and at most. */
const pages = { usual: 100, most: 200 } as const;

const search = {
  type: 'string',
  maxLength: 2000,
  description: 'words of the search, for example auth:dmarc=fail clicked:yes',
};

/** The list of messages, and how many there are. */
export const messageListRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/messages',
    needs: 'query',
    operation: {
      summary: 'Messages that fit a search, newest first',
      parameters: {
        q: search,
        before: { type: 'string', maxLength: 8192, description: 'next of the page before' },
        limit: { type: 'string', pattern: '^[0-9]{1,3}$', description: `messages of a page, at most ${pages.most}` },
      },
      answers: { 200: { description: 'a page of the list', type: 'application/json' } },
    },
    answer: list,
  },
  {
    method: 'GET',
    path: '/api/v1/messages/count',
    needs: 'query',
    operation: {
      summary: 'How many messages fit a search',
      parameters: { q: search },
      answers: { 200: { description: 'count', type: 'application/json' } },
    },
    answer: count,
  },
];

/** The predicates of a search text. Throws MSG0001 with the place of what is wrong. */
function predicatesOf(text: string): readonly string[] {
  const { terms, problems } = parseSearch(text);
  const [first] = problems;
  if (first) throw new MailhuntError('MSG0001', { text: first.message }, { span: first.place });
  return searchPredicates(terms);
}

async function list(visit: Visit): Promise<void> {
  const { url, response } = visit;
  const predicates = predicatesOf(url.searchParams.get('q') ?? '');
  const limit = Math.min(Math.max(Number(url.searchParams.get('limit') ?? pages.usual) || pages.usual, 1), pages.most);
  const before = cursorIn(url);
  const answer = await lookUp(visit, async (signal): Promise<MessageList> => {
    const queries = queriesOf(visit, signal);
    const { ids, next } = await idsOfPage(queries, predicates, before, limit);
    const messages = await listed(queries, ids);
    return { messages, next, kql: searchHunt(predicates), warnings: [...queries.warnings.values()] };
  });
  sendJson(response, 200, answer);
}

async function count(visit: Visit): Promise<void> {
  const predicates = predicatesOf(visit.url.searchParams.get('q') ?? '');
  const text = `EmailEvents ${where(predicates)} | summarize Messages = count_distinct(NetworkMessageId)`;
  const [row] = await lookUp(visit, (signal) => queriesOf(visit, signal).rows(text));
  sendJson(visit.response, 200, { messages: Number(row?.Messages ?? 0) });
}
