import { MailhuntError } from '../../errors/index.ts';
import type { HeldMessage } from '../../gateway/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless, printedJson } from '../harmless.ts';
import { outcomeWords } from '../policy/explanation-text.ts';
import { hung } from '../wrap.ts';
import { gateHelp, gateOptions, withGate } from './gate-control.ts';
import { idsIn } from './ids-in.ts';
import { attemptText, iso } from './words.ts';

const NAME = 'quarantine show';

/** `mailhunt quarantine show`: one message that the gate keeps. */
export const show: Command = {
  usage: 'quarantine show ID [--raw] [--json] [--gateway FILE]',
  summary: 'Shows why the gate keeps a message, what it proved, and its header; or the message itself.',
  help: `  ID                 the message, by its id or the beginning of it
  --raw              the message as it came, byte for byte, for a file or a program: never a terminal
  --json             everything, for programs
${gateHelp}`,
  example: 'quarantine show 3c7b1317 --raw > message.eml',
  options: { raw: { type: 'boolean' }, json: { type: 'boolean' }, ...gateOptions },
  positionals: 1,
  run,
};

function run(call: Call): Promise<ExitCode> {
  const { raw, json } = call.values;
  if (raw === true && call.out.isTerminal) {
    const text = '--raw gives the bytes that a stranger wrote, which a terminal would act upon: --raw > message.eml';
    throw new MailhuntError('CLI0001', { text, command: NAME });
  }
  return withGate(call, NAME, async (control): Promise<ExitCode> => {
    const [id = ''] = await idsIn(call, control, NAME);
    if (raw === true) await call.out.write(await control.bytes(id));
    else {
      const shown = await control.show(id);
      await call.out.write(json === true ? printedJson(shown) : text(shown, call.out.width));
    }
    return 0;
  });
}

function text(message: HeldMessage, width: number): string {
  const { held, decision, results, header } = message;
  const note = attemptText(held);
  const facts: readonly (readonly [string, string])[] = [
    ['Id', held.id],
    ['Came', `${iso(held.at)} from ${held.client.ip} (${held.client.helo})`],
    ['Kept until', iso(held.until)],
    ['From', held.from],
    ['Envelope', `<${held.mailFrom}> to ${held.recipients.join(', ')}`],
    ['Subject', held.subject],
    ['Size', `${held.size.toLocaleString('en')} bytes`],
    ['Decision', `${decision.action} by rule “${decision.rule ?? ''}”, policy “${decision.policy}”, ${decision.mode}`],
    ['Told', decision.answer],
    ...(note === '' ? [] : [['Release', note] as const]),
  ];
  const rules = decision.trace.map(({ rule, outcome }, at) => `  ${at + 1}  ${rule}: ${outcomeWords[outcome]}`);
  const lines = [
    ...facts.map(([name, value]) => `${name.padEnd(LABEL)}${value}`),
    ...['', 'Rules', ...rules],
    ...['', 'Authentication-Results of the gate', ...results.split(';').map((part) => `  ${part.trim()}`)],
    ...[
      '',
      'Header, as the sender wrote it',
      ...header
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => `  ${line}`),
    ],
  ];
  return `${lines.flatMap((line) => hung(harmless(line), width)).join('\n')}\n`;
}

const LABEL = 12;
