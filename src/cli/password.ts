import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { MailhuntError } from '../errors/index.ts';
import type { World } from './command.ts';

/** Characters of a line that is read in secret. */
const LONGEST = 1024;
/** What ends a line: Enter and Ctrl-D, or Ctrl-C. */
const endings: Readonly<Record<string, 'done' | 'stopped'>> = {
  '\r': 'done',
  '\n': 'done',
  '\u0004': 'done',
  '\u0003': 'stopped',
};
const erasers = ['\u007f', '\b'];

/** What a terminal is asked. */
interface Asked {
  readonly prompt: string;
  readonly command: string;
}

type Terminal = Readable & { isTTY?: boolean; setRawMode?: (raw: boolean) => unknown };

/**
 * A password: typed twice at a terminal, which shows nothing of it, or the first line of standard input. Never an argument:
 * those stand in the list of processes and in the shell's history.
 */
export async function askPassword(world: World, command: string): Promise<string> {
  const stdin: Terminal = world.stdin;
  if (!stdin.isTTY) return firstLine(stdin, command);
  const password = await typed(stdin, world, { prompt: 'Password: ', command });
  if ((await typed(stdin, world, { prompt: 'Once more: ', command })) === password) return password;
  throw new MailhuntError('CLI0001', { text: 'the two passwords differ', command });
}

async function firstLine(stdin: Readable, command: string): Promise<string> {
  let text = '';
  const decoder = new StringDecoder('utf8');
  for await (const part of stdin as AsyncIterable<Buffer>) {
    text += decoder.write(part);
    if (text.includes('\n') || text.length > LONGEST) break;
  }
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  if (line !== '') return line;
  throw new MailhuntError('CLI0001', { text: 'standard input has no password', command });
}

/** A line of a terminal, without an echo. */
function typed(stdin: Terminal, { err }: World, { prompt, command }: Asked): Promise<string> {
  void err.write(prompt);
  stdin.setRawMode?.(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  let line = '';
  return new Promise((resolve, reject) => {
    const end = (): void => {
      stdin.setRawMode?.(false);
      stdin.off('data', take);
      stdin.pause();
      void err.write('\n');
    };
    const take = (text: string): void => {
      for (const key of text) {
        const ending = endings[key];
        if (ending === undefined) line = withKey(line, key);
        else {
          end();
          if (ending === 'done') resolve(line);
          else reject(new MailhuntError('CLI0001', { text: 'stopped', command }));
          return;
        }
      }
    };
    stdin.on('data', take);
  });
}

function withKey(line: string, key: string): string {
  if (erasers.includes(key)) return [...line].slice(0, -1).join('');
  return key >= ' ' && line.length < LONGEST ? line + key : line;
}
