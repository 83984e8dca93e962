import { givenMessageFacts } from '../../../evidence/index.ts';
import { readBytes } from '../../http/body.ts';
import { requireType } from '../../http/guard.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { judgingNow, noJudging } from './judging.ts';
import { type ShownMessage, shownMessage } from './one.ts';
import { withinTime } from './reading/index.ts';

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
  const bytes = await readBytes(request, OPEN_LIMIT);
  const now = site.now();
  const { options, notes } = judgingNow(site.judging ?? noJudging, now);
  const judged = await withinTime(visit, (signal) => site.reader.open(bytes, options, signal));
  const opened = site.opened.add(judged, notes, principal.name, now);
  const answer: OpenedAnswer = { id: opened.id, ...shownMessage(givenMessageFacts(judged), notes) };
  sendJson(response, 200, answer);
}
