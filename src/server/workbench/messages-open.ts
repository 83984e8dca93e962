import { MailhuntError } from '../../errors/index.ts';
import { givenMessageFacts } from '../../evidence/index.ts';
import { judge, soleMessage } from '../../ingest/index.ts';
import { readBytes } from '../http/body.ts';
import { requireType } from '../http/guard.ts';
import { type Route, sendJson, type Visit } from '../http/route.ts';
import { judgingNow, noJudging } from './messages-judging.ts';
import { type ShownMessage, shownMessage } from './messages-one.ts';
import { openedOn } from './messages-opened.ts';

/** Bytes of a file that is opened. */
export const OPEN_LIMIT = 64 << 20;

/** A file that was opened: its message, and the id under which it can be looked at for an hour. */
export interface OpenedAnswer extends ShownMessage {
  readonly id: string;
}

/** Opens a message that is in no store. */
export const messageOpenRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/api/v1/messages/open',
    needs: 'query',
    operation: {
      summary: 'Judges one .eml file in memory; its id serves for an hour where that of a message does',
      body: { type: 'message/rfc822', limit: OPEN_LIMIT },
      answers: { 200: { description: 'the message with its id', type: 'application/json' } },
    },
    answer: open,
  },
];

async function open(visit: Visit): Promise<void> {
  const { site, request, response, principal } = visit;
  requireType(request, 'message/rfc822');
  const bytes = await messageIn(await readBytes(request, OPEN_LIMIT));
  const now = site.now();
  const { options, resolver, notes } = judgingNow(site.judging ?? noJudging, now);
  const judged = await judge({ bytes, place: 'opened file', position: 0 }, options, resolver);
  const opened = openedOn(site.store).add(judged, notes, principal.name, now);
  const answer: OpenedAnswer = { id: opened.id, ...shownMessage(givenMessageFacts(judged), notes) };
  sendJson(response, 200, answer);
}

/** The one message that a file holds. Throws MSG0004 where it holds none, or several. */
async function messageIn(bytes: Buffer): Promise<Buffer> {
  const sole = await soleMessage(
    'opened.eml',
    (async function* () {
      yield bytes;
    })(),
  );
  if ('reason' in sole) throw new MailhuntError('MSG0004', { text: sole.reason });
  return sole.bytes;
}
