import { mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { MailhuntError } from '../../errors/index.ts';
import type { Control } from '../../gateway/index.ts';
import { noteChange } from '../account.ts';
import type { Call, ExitCode } from '../command.ts';
import { errorText } from '../error-text.ts';
import { harmless } from '../harmless.ts';
import { withGate } from './gate-control.ts';
import { idsIn } from './ids-in.ts';

/** What is about one message and no reason to leave the others. */
const ABOUT_ONE: ReadonlySet<string> = new Set(['GATE0011', 'GATE0012', 'GATE0040']);

/**
 * Does the same to each message that a command line names, and says what became of each; 1 where one of them failed. Who
 * did it, the audit log of the store says.
 *
 * @param act with who wants it; returns lines
 */
export function eachMessage(
  call: Call,
  command: string,
  act: (control: Control, id: string, by: string) => Promise<readonly string[]>,
): Promise<ExitCode> {
  const by = `os:${userInfo().username}`;
  return withGate(call, command, async (control) => {
    let code: ExitCode = 0;
    for (const id of await idsIn(call, control, command)) {
      try {
        const lines = await act(control, id, by);
        await call.out.write(lines.map((line) => `${harmless(line)}\n`).join(''));
        await mkdir(call.store, { recursive: true, mode: 0o700 });
        await noteChange(call, command, { message: id });
      } catch (error) {
        if (!(error instanceof MailhuntError && ABOUT_ONE.has(error.code))) throw error;
        await call.err.write(`${errorText(error)}\n`);
        code = 1;
      }
    }
    return code;
  });
}
