import { MailhuntError } from '../../../../errors/index.ts';
import { type JudgedMessage, judge, soleMessage } from '../../../../ingest/index.ts';
import { bodyToShow, type Resolver, readMessage } from '../../../../mail/index.ts';
import type { TaskWork } from '../../../threads/index.ts';
import { bodyPage } from '../../safe-html/index.ts';
import type { ReadingTasks } from './tasks.ts';

/** What is done for each task, here or in a thread; see {@link ReadingTasks}. */
export const readingWork = (resolver: Resolver): TaskWork<ReadingTasks> => ({
  open: async ({ bytes, options }, { hand }) => {
    const sole = await soleIn(bufferOf(bytes));
    const judged = travelling(await judge({ bytes: sole, place: 'opened file', position: 0 }, options, resolver));
    return { judged: { ...judged, message: { ...judged.message, bytes: bufferOf(hand(sole)) } } };
  },
  body: async ({ bytes, form }, { hand }) => ({ page: hand(Buffer.from(bodyPage(shown(bytes), form))) }),
  files: async ({ bytes }) => {
    const { files, defects } = shown(bytes);
    return { files: files.map(({ bytes: _, ...file }) => file), defects };
  },
  file: async ({ bytes, number }, { hand }) => {
    const found = shown(bytes).files[number];
    if (!found) throw new MailhuntError('MSG0005', { number: String(number) });
    return { fileName: found.fileName, bytes: hand(found.bytes()) };
  },
});

/** The same memory as a Buffer: what comes from a thread is a plain array of bytes. */
export const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

const shown = (bytes: Uint8Array) => bodyToShow(readMessage(bufferOf(bytes)));

async function soleIn(bytes: Buffer): Promise<Buffer> {
  const sole = await soleMessage(
    'opened.eml',
    (async function* () {
      yield bytes;
    })(),
  );
  if ('reason' in sole) throw new MailhuntError('MSG0004', { text: sole.reason });
  return sole.bytes;
}

/** Characters that travel: the shape of a body, all that its rows say of it, is that of its first 5000 words. */
const TRAVELLING = { text: 1 << 18, html: 1 << 20 } as const;

/** A judged message with what its rows are made of. The rest of its content is read from its bytes by those who need it. */
function travelling({ content, ...judged }: JudgedMessage): JudgedMessage {
  const { text, html } = content;
  const texts = { text: text.slice(0, TRAVELLING.text), html: html?.slice(0, TRAVELLING.html) };
  return { ...judged, content: { ...content, ...texts, images: [], nested: [] } };
}
