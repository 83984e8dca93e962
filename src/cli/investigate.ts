import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MailhuntError } from '../errors/index.ts';
import type { Investigation, InvestigationMeans, Overview } from '../investigate/index.ts';
import { ticksFromUnixMs } from '../values/index.ts';
import type { Call, Command, ExitCode } from './command.ts';
import { printedJson } from './harmless.ts';
import { investigationText, overviewText } from './investigate-report.ts';
import { judgeOptionsFor, mailHelp, mailOptions, resolverFor } from './mail-settings.ts';
import { messageBytes } from './message-file.ts';
import { progressLine } from './progress.ts';
import { momentOf } from './since.ts';
import { openSession } from './store-session.ts';

/** `mailhunt investigate`: one message or many, followed to the end. */
export const investigate: Command = {
  usage: 'investigate ID|FILE.eml | --sender A | --since 30d [--json|--markdown] [--html FILE] [--limit N]',
  summary:
    'Follows a message to its end: why it failed, who got it, who clicked, what it is and what to do; 1 where it deceives.',
  help: `  ID                 the NetworkMessageId of a message of the store
  FILE.eml           a message as it is (- for standard input); the store tells what it knows of its sender
  --sender A         all messages of an address or a domain, the gravest first
  --since TIME       messages since then whose DMARC failed: 30d, 12h, or a date; with --sender all of them
  --limit N          looks at that many messages, the newest (20, at most 500)
  --json             everything, for programs
  --markdown         the report as Markdown
  --html FILE        writes the report as one safe HTML file as well
${mailHelp}`,
  example: 'investigate c12b42e7-328c-4840-a6f7-7cf1ac8a8220 --html report.html',
  options: {
    ...mailOptions,
    sender: { type: 'string' },
    since: { type: 'string' },
    limit: { type: 'string', default: '20' },
    json: { type: 'boolean' },
    markdown: { type: 'boolean' },
    html: { type: 'string' },
  },
  positionals: 1,
  run,
};

const wrong = (text: string, cause?: unknown) =>
  new MailhuntError('CLI0001', { text, command: 'investigate' }, { cause });

async function run(call: Call): Promise<ExitCode> {
  const { values, signal, err, settings } = call;
  if (values.json === true && values.markdown === true) throw wrong('--json and --markdown contradict each other');
  const asked = await askedOf(call);
  const investigation = await import('../investigate/index.ts');
  const judging = investigation.judgedBy(settings);
  await using session = await openSession(call);
  const line = progressLine(err, () => performance.now());
  const means: InvestigationMeans = {
    store: session,
    now: ticksFromUnixMs(call.now()),
    signal,
    keptMessage: (id) => session.message(id),
    ...judging,
    progress: line.show,
  };
  line.show('looking');
  const found = await investigation.investigate(asked, means).finally(line.clear);
  requireAnswers(asked, found);
  await write(found, call, investigation);
  return investigation.isBad(found) ? 1 : 0;
}

type AskedFor = Awaited<ReturnType<typeof askedOf>>;

/** Where no DNS server answers at all, a check that was made here says nothing of the message, and no verdict rests on it. */
function requireAnswers(asked: AskedFor, found: Investigation | Overview): void {
  if (!('eml' in asked) || !('verdict' in found)) return;
  const { message, gaps } = found.evidence;
  const isMadeHere =
    gaps.some(({ about }) => about === 'delivery') &&
    message.checks.some(({ verdictSource }) => verdictSource === 'verified');
  const { resolver } = asked.eml;
  if (isMadeHere && 'dead' in resolver && resolver.dead !== undefined) throw resolver.dead;
}

/** What is asked for; exactly one thing. */
async function askedOf(call: Call) {
  const { values, positionals } = call;
  const [one] = positionals;
  const { sender, since, html } = values;
  if (one === undefined && sender === undefined && since === undefined)
    throw wrong('give the id of a message, an .eml file, --sender or --since');
  if (one !== undefined && (sender !== undefined || since !== undefined))
    throw wrong('a message and --sender or --since are two questions');
  if (one === undefined && (html !== undefined || values.markdown === true))
    throw wrong('--html and --markdown are for one message');
  if (one === undefined) {
    const limit = /^\d{1,3}$/.test(String(values.limit)) ? Number(values.limit) : 0;
    if (limit < 1 || limit > 500) throw wrong(`--limit ${values.limit}: give a number from 1 to 500`);
    return {
      limit,
      ...(typeof sender === 'string' ? { sender: senderOf(sender) } : {}),
      ...(typeof since === 'string' ? { since: sinceOf(since, call.now()) } : {}),
    };
  }
  if (/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(one)) return { id: one };
  const bytes = await messageBytes(call, one, 'investigate');
  const place = one === '-' ? 'standard input' : basename(one);
  const judge = judgeOptionsFor(call, 'auto');
  return { eml: { bytes, place, judge, resolver: await resolverFor(call, 'investigate') } };
}

function senderOf(text: string): string {
  if (/^[^\s<>]{1,320}$/.test(text)) return text;
  throw wrong(`--sender ${text}: give an address or a domain`);
}

function sinceOf(text: string, now: number): bigint {
  const at = momentOf(text, ticksFromUnixMs(now));
  if (at !== undefined) return at;
  throw wrong(`--since ${text}: give a span such as 30d or 12h, or a date such as 2026-07-01`);
}

type Door = typeof import('../investigate/index.ts');

async function write(found: Investigation | Overview, { values, out }: Call, door: Door): Promise<void> {
  if (values.json === true) {
    await out.write(printedJson(found));
    if (values.html === undefined) return;
  } else await out.write(wordsOf(found, values.markdown === true, out, door));
  const { html } = values;
  if (typeof html !== 'string' || !('verdict' in found)) return;
  await writeFile(html, door.reportHtml(found)).catch((cause: Error) => {
    throw wrong(`--html ${html}: ${cause.message}`, cause);
  });
}

function wordsOf(found: Investigation | Overview, isMarkdown: boolean, out: Call['out'], door: Door): string {
  if (!('verdict' in found)) return overviewText(found, out);
  return isMarkdown ? door.reportMarkdown(found) : investigationText(found, out);
}
