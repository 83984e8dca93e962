import { join } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import type { Format, IngestReport, MailKind, Progress, Repair, VerdictSource } from '../ingest/index.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { errorText } from './error-text.ts';
import { harmless } from './harmless.ts';
import { judgeOptionsFor, mailHelp, mailOptions, resolverFor } from './mail-settings.ts';
import { progressLine } from './progress.ts';
import { openSession } from './store-session.ts';

const LISTED = 10;
const PASSED_OVER = 3;

/** `mailhunt ingest`: takes exports and raw mail into the store. */
export const ingest: Command = {
  usage: 'ingest PATH… [--verdicts verify|received|auto] [--trust NAMES] [--table T] [--format F]',
  summary:
    'Takes raw mail (.eml, mbox, Maildir, tar, zip) and exports of Defender advanced hunting into the store: files, folders, or standard input (-).',
  help: `  --table T          the table of all rows of exports; otherwise the columns or the file's name tell
  --format F         jsonl, json, csv, eml, mbox, tar or zip; otherwise the content tells
  --verdicts V       of raw mail: verify checks now; received believes what a trusted receiver wrote;
                     auto (default) believes where there is such a thing and checks the rest
  --nested           messages attached to others come in as messages of their own, too
  --no-keep          of raw mail only the rows come in, not the messages themselves (keep_messages in mailhunt.yaml;
                     --keep the other way)
${mailHelp}`,
  example: 'ingest inbox.mbox reported/ --trust mx.example.com',
  options: {
    ...mailOptions,
    table: { type: 'string' },
    format: { type: 'string' },
    verdicts: { type: 'string' },
    nested: { type: 'boolean' },
    keep: { type: 'boolean' },
    'no-keep': { type: 'boolean' },
  },
  positionals: Number.POSITIVE_INFINITY,
  run,
};

async function run(call: Call): Promise<ExitCode> {
  const { ingest: take, rejectsFolder, formats, mailKinds, verdictSources } = await import('../ingest/index.ts');
  const wrong = (text: string) => new MailhuntError('CLI0001', { text, command: 'ingest' });
  if (call.positionals.length === 0) throw wrong('give a file, a folder or -');
  const { format, table, verdicts = 'auto', nested } = call.values;
  const known = [...formats, ...mailKinds];
  if (format !== undefined && !known.includes(format as Format)) {
    throw wrong(`--format ${format}: ${known.join(', ')} are known`);
  }
  if (!verdictSources.includes(verdicts as VerdictSource)) {
    throw wrong(`--verdicts ${verdicts}: ${verdictSources.join(', ')} are known`);
  }
  if (call.values.keep === true && call.values['no-keep'] === true)
    throw wrong('--keep and --no-keep contradict each other');
  const mail = {
    judge: judgeOptionsFor(call, verdicts as VerdictSource),
    rows: { withHeaderForm: call.settings.header_form },
    resolver: await resolverFor(call, 'ingest'),
    nested: nested === true,
  };
  const line = progressLine(call.err, Date.now);
  await using session = await openSession(call, { filling: true });
  const rejects = join(call.store, 'rejects');
  const keeps = call.values['no-keep'] !== true && (call.values.keep === true || call.settings.keep_messages);
  const report = await take(call.positionals, {
    store: session,
    table: table as string | undefined,
    format: format as Format | MailKind | undefined,
    mail: keeps ? { ...mail, keep: session.keep } : mail,
    reject: rejectsFolder(rejects, call.now()),
    now: Date.now,
    stdin: call.stdin as AsyncIterable<Buffer>,
    signal: call.signal,
    onProgress: (progress) => line.show(progressText(progress)),
  });
  line.clear();
  await call.out.write(reportText(report));
  await call.err.write(troubleText(report, rejects));
  if (report.stopped) return 130;
  const isLost = report.repairs.some((repair) => repair.lost);
  return isLost || report.rejectedCount > 0 || report.failures.length > 0 ? 1 : 0;
}

const number = (n: number): string => n.toLocaleString('en');
const plural = (n: number, word: string): string => `${number(n)} ${word}${n === 1 ? '' : 's'}`;

/** How far it is, first: the name of the file may be cut off. */
function progressText(progress: Progress): string {
  const { file, bytes, size, rows, rowsPerSecond, messages, messagesPerSecond } = progress;
  const share = size === null || size === 0 ? '' : `${String(Math.floor((bytes / size) * 100)).padStart(3)} %  `;
  const count =
    messages > 0
      ? `${plural(messages, 'message')}, ${number(Math.round(messagesPerSecond))} a second`
      : `${number(rows)} rows, ${number(Math.round(rowsPerSecond))} rows/s`;
  return `${share}${count}  ${file === '-' ? 'standard input' : file}`;
}

/** What came in, in a line; mail is counted in messages. */
function headline({ messages, rows, files }: IngestReport): string {
  const from = `came in from ${plural(files.length, 'file')}`;
  return messages.taken === 0
    ? `${plural(rows, 'row')} ${from}\n`
    : `${plural(messages.taken, 'message')} ${from}: ${plural(rows, 'row')}\n`;
}

/** From where the verdicts are; nothing where no mail came in. */
function verdictLines({ messages: { taken, verified, received, without } }: IngestReport): readonly string[] {
  if (taken === 0) return [];
  const lines = [
    [verified, 'checked now'] as const,
    ...Object.entries(received).map(([receiver, n]) => [n, `believed from ${receiver}`] as const),
    [without, 'without a verdict: no stamp at their top that a receiver of --trust is known to have written'] as const,
  ];
  return ['Verdicts:\n', ...lines.filter(([n]) => n > 0).map(([n, words]) => `  ${number(n)} ${harmless(words)}\n`)];
}

/** What had come in earlier: messages, and files with nothing else in them. */
function thereLines({ messages: { alreadyThere }, filesAlreadyThere, files, rows }: IngestReport): readonly string[] {
  const whole = filesAlreadyThere > 0 ? [`${plural(filesAlreadyThere, 'file')} had come in before\n`] : [];
  const isMore = alreadyThere > 0 && (rows > 0 || alreadyThere !== files.length);
  return isMore ? [...whole, `${plural(alreadyThere, 'message')} had come in before\n`] : whole;
}

function passedOverLines({ passedOver, passedOverCount }: IngestReport): readonly string[] {
  if (passedOverCount === 0) return [];
  const named = passedOver.slice(0, PASSED_OVER).map(harmless).join(', ');
  const more = passedOverCount > PASSED_OVER ? ', …' : '';
  return [`${plural(passedOverCount, 'file')} passed over, neither mail nor an export: ${named}${more}\n`];
}

function reportText(report: IngestReport): string {
  const entries = Object.entries(report.tables);
  const longest = Math.max(0, ...entries.map(([name]) => name.length));
  const tables = entries.map(([name, rows]) => `  ${name.padEnd(longest)}  ${number(rows)}\n`);
  const repaired = report.repairs.filter((repair) => !repair.lost).map(repairText);
  const unknown = Object.entries(report.unknownColumns).map(([name, n]) => `  ${harmless(name)}  ${number(n)}\n`);
  return [
    headline(report),
    ...tables,
    ...verdictLines(report),
    ...thereLines(report),
    ...passedOverLines(report),
    ...(repaired.length > 0 ? ['Values that were repaired:\n', ...repaired] : []),
    ...(unknown.length > 0 ? ['Fields without a column, kept aside:\n', ...unknown] : []),
  ].join('');
}

/** One line: what was done to which column how often, and the first value that it was done to. */
function repairText({ table, column, reason, count, examples }: Repair): string {
  const [first] = examples;
  const example =
    first === undefined ? '' : `, first ${JSON.stringify(first.text)} in ${first.file} line ${first.line}`;
  return `  ${harmless(`${table}.${column}: ${reason}  ${number(count)}${example}`)}\n`;
}

function troubleText(report: IngestReport, folder: string): string {
  const { rejected, rejectedCount, repairs, failures, stopped, messages } = report;
  const lines = rejected
    .slice(0, LISTED)
    .map(({ file, line, reason }) => `${file}${line === undefined ? '' : ` line ${line}`}: ${reason}`);
  if (rejectedCount > lines.length) lines.push(`… ${number(rejectedCount - lines.length)} more`);
  const said = lines.map((text) => `${harmless(text)}\n`);
  const aside = [[rejectedCount - messages.rejected, 'line'] as const, [messages.rejected, 'message'] as const].flatMap(
    ([n, word]) => (n > 0 ? [plural(n, word)] : []),
  );
  if (aside.length > 0) said.push(`${aside.join(' and ')} set aside in ${harmless(folder)}\n`);
  const lost = repairs.filter((repair) => repair.lost).map(repairText);
  if (lost.length > 0)
    said.push('Values that could not be read: null now (a row without its time did not come in):\n', ...lost);
  for (const { error } of failures) said.push(`${errorText(error)}\n`);
  if (stopped) said.push('Stopped. What came in stays; the same command goes on from there.\n');
  return said.join('');
}
