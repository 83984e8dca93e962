import { readMessage } from '../../../mail/index.ts';
import { type Route, sendJson, type Visit } from '../../http/route.ts';
import { sendFile } from '../../http/send-file.ts';
import { type BodyForm, bodyPolicy, visible } from '../safe-html/index.ts';
import { shownFields } from './header-fields.ts';
import { jsonAnswer, otherAnswer } from './operations.ts';
import { type ShownFile, withinTime } from './reading/index.ts';
import { subjectOf } from './subject.ts';

export type { ShownFile };

/** The source of a message as text, a part of it. */
export interface SourceText {
  /** One character a byte, or UTF-8 where all of the part is; controls are written out. */
  readonly text: string;
  /** Bytes of the message. */
  readonly size: number;
  /** Where the next part begins, undefined at the end. */
  readonly next?: number;
}

/** Bytes of the source in one part. */
const PART = 256 * 1024;

const bytes = { description: 'bytes, never to be shown by a browser', type: 'application/octet-stream' };

/** What people wrote: the message itself. */
export const messageSourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/messages/:id/source',
    needs: 'bodies',
    operation: otherAnswer('The message as it came, to be saved', bytes),
    answer: source,
  },
  {
    method: 'GET',
    path: '/api/v1/messages/:id/source.txt',
    needs: 'bodies',
    operation: {
      ...jsonAnswer('The message as text, controls written out, in parts', 'a part'),
      parameters: {
        ...jsonAnswer('', '').parameters,
        from: { type: 'string', pattern: '^[0-9]{1,9}$', description: 'byte at which the part begins' },
      },
    },
    answer: sourceText,
  },
  {
    method: 'GET',
    path: '/api/v1/messages/:id/headers',
    needs: 'bodies',
    operation: jsonAnswer('The header, field by field, decoded, with what is odd', 'the fields'),
    answer: headers,
  },
  {
    method: 'GET',
    path: '/api/v1/messages/:id/files',
    needs: 'bodies',
    operation: jsonAnswer('The files that the message carries', 'the files'),
    answer: files,
  },
  {
    method: 'GET',
    path: '/api/v1/messages/:id/body',
    needs: 'bodies',
    operation: otherAnswer(
      'The body as a page for a frame without rights: no script, nothing remote, nothing to click',
      { description: 'the page', type: 'text/html' },
      { form: { enum: ['auto', 'html', 'text'], type: 'string' } },
    ),
    answer: body,
  },
  {
    method: 'GET',
    path: '/api/v1/messages/:id/attachments/:number',
    needs: 'bodies',
    operation: otherAnswer('One file that the message carries, to be saved', bytes, {
      number: { type: 'string', pattern: '^[0-9]{1,4}$' },
    }),
    answer: attachment,
  },
];

async function source(visit: Visit): Promise<void> {
  sendFile(visit, `${visit.params.id ?? 'message'}.eml`, await subjectOf(visit).bytes());
}

async function sourceText(visit: Visit): Promise<void> {
  const bytes = await subjectOf(visit).bytes();
  const from = Math.min(Number(visit.url.searchParams.get('from') ?? 0), bytes.length);
  const to = Math.min(endOfLine(bytes, from + PART), bytes.length);
  const part = bytes.subarray(from, to);
  const answer: SourceText = {
    text: visible(utf8(part) ?? part.toString('latin1')),
    size: bytes.length,
    ...(to < bytes.length && { next: to }),
  };
  sendJson(visit.response, 200, answer);
}

/** Behind the line end next to a place, where there is one near: a character is not to be cut in two. */
function endOfLine(all: Buffer, at: number): number {
  const end = all.indexOf(10, at);
  return end >= 0 && end - at < 2000 ? end + 1 : at;
}

function utf8(part: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part);
  } catch {
    return undefined;
  }
}

async function headers(visit: Visit): Promise<void> {
  const message = readMessage(await subjectOf(visit).bytes());
  sendJson(visit.response, 200, { fields: shownFields(message), defects: message.defects });
}

async function files(visit: Visit): Promise<void> {
  const bytes = await subjectOf(visit).bytes();
  const found = await withinTime(visit, (signal) => visit.site.reader.show('files', { bytes }, signal));
  sendJson(visit.response, 200, found);
}

const forms: ReadonlySet<string> = new Set<BodyForm>(['auto', 'html', 'text']);

async function body(visit: Visit): Promise<void> {
  const asked = visit.url.searchParams.get('form') ?? 'auto';
  const form = forms.has(asked) ? (asked as BodyForm) : 'auto';
  const bytes = await subjectOf(visit).bytes();
  const { page } = await withinTime(visit, (signal) => visit.site.reader.show('body', { bytes, form }, signal));
  visit.response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': page.length,
    'Content-Security-Policy': bodyPolicy,
    'Referrer-Policy': 'no-referrer',
  });
  visit.response.end(page);
}

async function attachment(visit: Visit): Promise<void> {
  const number = Number(visit.params.number);
  const bytes = await subjectOf(visit).bytes();
  const file = await withinTime(visit, (signal) => visit.site.reader.show('file', { bytes, number }, signal));
  sendFile(visit, file.fileName || `attachment-${number}`, file.bytes);
}
