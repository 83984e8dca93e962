import { MailhuntError } from '../../errors/index.ts';
import type { Case, ReceivedLetter } from '../../lab/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless } from '../harmless.ts';
import { cut, padded } from '../width.ts';
import { wrapped } from '../wrap.ts';
import { scenarioHelp, scenarioOptions, scenariosOf } from './scenarios.ts';

/** `mailhunt lab show`: one case, whole. */
export const show: Command = {
  usage: 'lab show NAME [--variation N] [--scenarios DIR]',
  summary: 'Shows a case: its story, its verdict and SMTP answer, what DNS holds, and the message itself.',
  help: `  --variation N      the case with all changed that must not matter, by chance number N
${scenarioHelp}`,
  example: 'lab show direct-send',
  options: { ...scenarioOptions, variation: { type: 'string', default: '0' } },
  positionals: 1,
  run,
};

const LABEL = 11;
const NARROW = 40;
/** Lines of one message that a terminal is given. */
const LINES = 60;

async function run(call: Call): Promise<ExitCode> {
  const [name] = call.positionals;
  if (name === undefined) throw wrong('give the name of a case: mailhunt lab list names them');
  const variation = Number(call.values.variation);
  if (!/^\d{1,6}$/.test(String(call.values.variation)))
    throw wrong(`--variation ${call.values.variation} is no number`);
  const { caseIn, receive, zoneFile } = await import('../../lab/index.ts');
  const one = caseIn(await scenariosOf(call), name);
  const { letters, records, failing } = await receive(one, { seed: 1, now: call.now(), variation });
  const told = letters.filter(({ isHistory }) => !isHistory);
  const width = Math.max(NARROW, call.out.width);
  const zone = zoneFile(records, failing)
    .trimEnd()
    .split('\n')
    .filter((line) => / (?:A|AAAA|MX|TXT|PTR) /.test(line));
  const parts = [
    storyOf(one, letters.length - told.length, width),
    section('Verdict', verdictsOf(one, told), width),
    block('DNS', zone, width),
    block(
      told.length === 1 ? 'Message' : `Message (the last of ${told.length})`,
      messageOf(told),
      width,
      call.out.isTerminal ? LINES : undefined,
    ),
  ];
  await call.out.write(parts.join('\n'));
  return 0;
}

const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'lab show' });

type Line = readonly [label: string, text: string];

const storyOf = (one: Case, earlier: number, width: number): string =>
  section(
    `${one.name} (${one.nature})`,
    [
      ['theme', one.theme],
      ['story', one.story],
      ...(one.techniques.length === 0 ? [] : [['technique', one.techniques.join(', ')] as const]),
      ['twin', one.twin],
      ...(earlier === 0
        ? []
        : [
            [
              'before',
              `${earlier} ${earlier === 1 ? 'letter' : 'letters'} of the true sender in the weeks before`,
            ] as const,
          ]),
    ],
    width,
  );

/** Letters with one fate are told once. */
function verdictsOf(one: Case, told: readonly ReceivedLetter[]): readonly Line[] {
  const fates = one.letters.map(({ outcome, clicks, afterwards, direction }, i) =>
    [
      ...verdictLines(told[i]!),
      ['direction', direction],
      ['outcome', outcome.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)],
      ...(clicks.length === 0 ? [] : [['clicks', clicks.map(({ action }) => action).join(', ')]]),
      ...(afterwards === undefined ? [] : [['afterwards', afterwards.type]]),
    ].map((line) => line as unknown as Line),
  );
  const distinct = [...new Map(fates.map((fate) => [JSON.stringify(fate), fate])).values()];
  const count: readonly Line[] = told.length === 1 ? [] : [['letters', String(told.length)]];
  return [...count, ...distinct.flat()];
}

function verdictLines({ found: { claim, smtp }, transaction }: ReceivedLetter): readonly Line[] {
  const from = `${transaction.ip} (${transaction.helo}), envelope ${transaction.mailFrom || '<>'}`;
  if (claim === undefined)
    return [
      ['client', from],
      ['checks', 'none: it never left the organisation'],
      ['SMTP', smtp],
    ];
  const dkim = claim.dkim.join(' ') || 'none';
  return [
    ['client', from],
    ['checks', `spf=${claim.spf} dkim=${dkim} arc=${claim.arc ?? 'none'} dmarc=${claim.dmarc}`],
    ['policy', claim.disposition === 'none' ? 'asks for nothing here' : `asks for ${claim.disposition}`],
    ['compauth', `${claim.compauth} reason=${claim.reason}`],
    ['SMTP', `${smtp} where p=reject is honoured`],
  ];
}

const messageOf = (told: readonly ReceivedLetter[]): readonly string[] =>
  (told.at(-1)?.bytes.toString('latin1') ?? '')
    .trimEnd()
    .split('\r\n')
    .map((line) => Buffer.from(line, 'latin1').toString());

function section(title: string, lines: readonly Line[], width: number): string {
  const printed = lines.flatMap(([label, text]) => {
    const start = `  ${padded(label, LABEL, 'left')}`;
    const [first = '', ...rest] = wrapped(harmless(text), width - start.length, width - start.length);
    return [start + first, ...rest.map((line) => ' '.repeat(start.length) + line)];
  });
  return `${harmless(title)}\n${printed.map((line) => `${line.trimEnd()}\n`).join('')}`;
}

/** Lines as they stand, cut to the terminal; at most so many. */
function block(title: string, lines: readonly string[], width: number, most = Number.POSITIVE_INFINITY): string {
  const shown = lines.slice(0, most).map((line) => cut(`  ${harmless(line)}`, width).trimEnd());
  const more = lines.length > most ? [`  … ${lines.length - most} lines more`] : [];
  return `${title}\n${[...shown, ...more].join('\n')}\n`;
}
