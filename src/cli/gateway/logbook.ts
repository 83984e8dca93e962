import { type GateHouseOptions, messageFacts, messageLine, type Notice } from '../../gateway/index.ts';
import { jsonLog, type Log } from '../../telemetry/index.ts';
import type { Call } from '../command.ts';

/** Where a gate says what happens, in lines on standard error. */
export interface Logbook {
  readonly say: Log;
  /** The line of a message. */
  readonly message: NonNullable<GateHouseOptions['observe']>;
  /** What the SMTP server tells; the answer to a whole message stands in the line of that. */
  readonly notice: (notice: Notice) => void;
}

/** @param form `json` for programs: each line has `time`, `level`, `event`, `message` and what else is known */
export function openLogbook({ err }: Call, form: 'plain' | 'json'): Logbook {
  const print = (line: string): void => void err.write(`${line}\n`);
  const isJson = form === 'json';
  const say: Log = isJson ? jsonLog(print, Date.now) : (line) => print(line);
  return {
    say,
    message: (seen) =>
      isJson ? say(`${seen.answer.code} ${seen.answer.enhanced}`, messageFacts(seen)) : print(messageLine(seen)),
    notice: ({ about, stage, code, ip, text }) => {
      if (stage === 'message') return;
      const level = about === 'refusal' ? 'info' : about === 'defect' ? 'error' : 'warning';
      const line = isJson ? text : `${about}${ip === '' ? '' : ` (${ip})`}: ${text}`;
      say(line, { level, event: about.replace(' ', '-'), client: ip === '' ? undefined : ip, stage, code });
    },
  };
}
