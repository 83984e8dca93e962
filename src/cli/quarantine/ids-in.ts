import { MailhuntError } from '../../errors/index.ts';
import type { Control, Held } from '../../gateway/index.ts';
import type { Call } from '../command.ts';

const WHOLE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Characters by which a message can be named. */
const SHORTEST = 4;

/**
 * The messages that a command line names, each by its id or the beginning of it.
 *
 * @throws MailhuntError CLI0001 where none is named, or a beginning is that of several; GATE0011 where there is none
 */
export async function idsIn({ positionals }: Call, control: Control, command: string): Promise<readonly string[]> {
  if (positionals.length === 0)
    throw new MailhuntError('CLI0001', { text: 'name a message by its id: mailhunt quarantine list', command });
  const given = positionals.map((text) => text.toLowerCase());
  if (given.every((text) => WHOLE.test(text))) return given;
  const all: string[] = [];
  for await (const { id } of heldIn(control)) all.push(id);
  return given.map((text) => {
    const found = text.length < SHORTEST ? [] : all.filter((id) => id.startsWith(text));
    if (found.length > 1)
      throw new MailhuntError('CLI0001', { text: `${text} begins the ids of ${found.length} messages`, command });
    if (found[0] === undefined) throw new MailhuntError('GATE0011', { id: text.slice(0, 100) });
    return found[0];
  });
}

/** All messages in quarantine, page by page, the newest first. */
export async function* heldIn(control: Control): AsyncGenerator<Held> {
  for (let before: number | undefined; ; ) {
    const { messages, next } = await control.list(before === undefined ? {} : { before });
    yield* messages;
    if (next === undefined) return;
    before = next;
  }
}
