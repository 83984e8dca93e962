import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import type { Building, BuiltLetter, Case, ScenarioFolder } from '../../lab/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless } from '../harmless.ts';
import { progressLine } from '../progress.ts';
import { casesOf, scenarioHelp, scenarioOptions, scenariosOf } from './scenarios.ts';

/** `mailhunt lab build`: cases as files to carry elsewhere. */
export const build: Command = {
  usage: 'lab build DIR [NAME…] [--variations N] [--tables] [--to ADDRESS] [--own-domain D]',
  summary: 'Writes cases (all, or those named) as .eml files, each marked, with their zones and a manifest.',
  help: `  --variations N     so many variations of each case besides (at most 100)
  --tables           rows of Defender's tables (JSON lines) instead of messages, with clicks,
                     removals and first contacts, which no message holds
  --to ADDRESS       the recipient, in a domain of yours
  --own-domain D     a domain of yours, instead of receiver.example; those under
                     accepted_domains in the settings are yours too
  --seed N           chance follows from it (default 1)
${scenarioHelp}
Every message begins with the field X-Mailhunt-Lab. Keys and records are made up
and stand in the zone files alone; names and addresses are nobody's but yours.
`,
  example: 'lab build lab-mail direct-send printer-direct-send --variations 5',
  options: {
    ...scenarioOptions,
    variations: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    tables: { type: 'boolean' },
    to: { type: 'string' },
    'own-domain': { type: 'string', multiple: true },
  },
  positionals: 1000,
  run,
};

const MOST_VARIATIONS = 100;

async function run(call: Call): Promise<ExitCode> {
  const [folder, ...names] = call.positionals;
  if (folder === undefined) throw wrong('give the folder to write to');
  const building = {
    seed: wholeNumber(call, 'seed', 2 ** 31),
    now: call.now(),
    variations: wholeNumber(call, 'variations', MOST_VARIATIONS),
  };
  const own = ownDomains(call);
  const { receiver, address } = await receiverOf(call, own);
  const found = await scenariosOf(call, own);
  const { addressedTo, caseIn, MARK, relocated } = await import('../../lab/index.ts');
  const cases = chosen(found, names, caseIn)
    .map((one) => (receiver === undefined ? one : relocated(one, receiver)))
    .map((one) => (address === undefined ? one : addressedTo(one, address)));
  const shown = harmless(folder);
  if (call.values.tables === true) {
    const { writeTables } = await import('./tables.ts');
    const rows = await writing(folder, async () => {
      const count = await writeTables(folder, cases, building, call.signal);
      await writeReceiver(folder, cases);
      return count;
    });
    await call.out.write(
      `${counted(rows, 'row')} of ${counted(cases.length, 'case')}, made up, no real mail.\n` +
        `Take them in: mailhunt ingest ${shown}\n`,
    );
    return found.problems.length === 0 ? 0 : 1;
  }
  const letters = await writing(folder, () => writeCases(call, folder, cases, building));
  await call.out.write(
    `${counted(letters.length, 'message')} of ${counted(cases.length, 'case')}, listed in ${shown}/manifest.yaml, each marked ${MARK}.\n` +
      `Judge one: mailhunt auth NAME.eml --dns NAME.zone --config receiver.yaml\n`,
  );
  return found.problems.length === 0 ? 0 : 1;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Writes the files of the cases, and what tells of them all. */
async function writeCases({ err, signal }: Call, folder: string, cases: readonly Case[], building: Building) {
  const { builtFiles } = await import('../../lab/index.ts');
  const line = progressLine(err, Date.now);
  const letters: BuiltLetter[] = [];
  await mkdir(folder, { recursive: true });
  for (const [i, one] of cases.entries()) {
    line.show(`${one.name}, ${i + 1} of ${cases.length}`);
    for await (const { name, content, letter } of builtFiles(one, building)) {
      signal.throwIfAborted();
      await writeFile(join(folder, name), content);
      if (letter !== undefined) letters.push(letter);
    }
  }
  line.clear();
  await writeReceiver(folder, cases);
  const { seed, now } = building;
  const manifest = { now: new Date(now).toISOString(), seed, letters };
  const { stringify } = await import('yaml');
  // Not JSON: that would be an export of tables to `mailhunt ingest`, which can take in the whole folder.
  await writeFile(join(folder, 'manifest.yaml'), stringify(manifest, { aliasDuplicateObjects: false, lineWidth: 0 }));
  return letters;
}

async function writeReceiver(folder: string, cases: readonly Case[]): Promise<void> {
  if (cases.length === 0) return;
  const { receiverSettings } = await import('../../lab/index.ts');
  await writeFile(join(folder, 'receiver.yaml'), receiverSettings(cases));
}

const wrong = (text: string, cause?: unknown) =>
  new MailhuntError('CLI0001', { text, command: 'lab build' }, { cause });

function wholeNumber({ values }: Call, name: string, most: number): number {
  const text = String(values[name]);
  if (!/^\d{1,10}$/.test(text) || Number(text) > most) throw wrong(`--${name} ${text}: a whole number up to ${most}`);
  return Number(text);
}

/** Domains of the settings and of the options: in no other name, and to no other, is anything made up. */
const ownDomains = ({ values, settings }: Call): readonly string[] =>
  [...((values['own-domain'] as readonly string[] | undefined) ?? []), ...settings.accepted_domains].map((domain) =>
    domain.toLowerCase(),
  );

/** Whose mail it is to be; nothing where it is the scenario's own receiver, who is nobody. */
async function receiverOf(
  { values }: Call,
  own: readonly string[],
): Promise<{ readonly receiver?: string; readonly address?: string }> {
  const [named] = (values['own-domain'] as readonly string[] | undefined) ?? [];
  if (named !== undefined && !/^[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/i.test(named))
    throw wrong(`--own-domain ${named} is no domain name in ASCII`);
  const { to } = values;
  if (typeof to !== 'string') return named === undefined ? {} : { receiver: named.toLowerCase() };
  const [, domain] = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([a-z0-9.-]+)$/i.exec(to) ?? [];
  if (domain === undefined) throw wrong(`--to ${to}: that is no address`);
  const receiver = domain.toLowerCase();
  const { mayForge } = await import('../../lab/index.ts');
  if (!mayForge(receiver, own)) throw new MailhuntError('LAB0004', { name: receiver });
  return { receiver, address: to };
}

function chosen(
  found: ScenarioFolder,
  names: readonly string[],
  caseIn: (folder: ScenarioFolder, name: string) => Case,
): readonly Case[] {
  return names.length === 0 ? casesOf(found) : names.map((name) => caseIn(found, name));
}

/** Files that cannot be written are the person's to set right. */
async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw wrong(`${folder} cannot be written: ${error.message}`, error);
  }
}
