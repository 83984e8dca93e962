import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MailhuntError } from '../errors/index.ts';
import { defaultSettings, type Settings } from '../settings/index.ts';
import { parseDatetime, unixMsFromTicks } from '../values/index.ts';
import { type Call, type Command, commonHelp, commonOptions, type ExitCode, type World } from './command.ts';
import { commands } from './commands.ts';
import { errorText } from './error-text.ts';
import { findCommand, groupHelp, listed } from './verbs.ts';
import { version } from './version.ts';

/**
 * Runs a command line and returns its exit code. Nothing is thrown: what goes wrong is said on `err`.
 *
 * @example await main(['query', '-e', 'print 1'], world) // 0
 */
export async function main(argv: readonly string[], world: World): Promise<ExitCode> {
  try {
    return await dispatch(argv, world);
  } catch (error) {
    if (world.signal.aborted) return 130;
    await world.err.write(`${errorText(error)}\n`);
    return exitCodeOf(error);
  }
}

/** What lies in the asking is 2 or 1, what lies in the surroundings 3. */
function exitCodeOf(error: unknown): ExitCode {
  if (!(error instanceof MailhuntError)) return 3;
  if (['CLI0001', 'CONF0001', 'GATE0001', 'MAIL0002'].includes(error.code)) return 2;
  return /^(?:KQL|INGEST|RULE|LINT|LAB|POLICY|ACCESS001)|^STORE0006$/.test(error.code) ? 1 : 3;
}

async function dispatch(argv: readonly string[], world: World): Promise<ExitCode> {
  const [name = '--help'] = argv;
  if (name === '--help' || name === '-h' || name === 'help') return say(world, await overview());
  if (name === '--version') return say(world, `${version()}\n`);
  const found = await findCommand(argv, commands);
  if ('group' in found) return say(world, await groupHelp(found.group));
  const { command } = found;
  const { values, positionals } = parse(found.name, command, found.rest);
  if (values.help) return say(world, helpOf(command));
  const given = text(values.store) ?? (world.env.MAILHUNT_STORE || undefined);
  const store = resolve(given ?? join(homedir(), '.mailhunt'));
  const settings = await settingsOf(text(values.config) ?? (world.env.MAILHUNT_CONFIG || undefined), store);
  const now = clockOf(found.name, text(values.now), world.now);
  return command.run({ ...world, now, values, positionals, store, storeGiven: given !== undefined, settings });
}

const text = (value: Call['values'][string]): string | undefined => (typeof value === 'string' ? value : undefined);

async function say({ out }: World, words: string): Promise<ExitCode> {
  await out.write(words);
  return 0;
}

function parse(name: string, command: Command, args: readonly string[]) {
  const options = { ...commonOptions, ...command.options };
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (positionals.length <= command.positionals) {
      return { values: values as Call['values'], positionals };
    }
  } catch (error) {
    // Node's own words, without its second sentence about `--`.
    const words = (error as Error).message.split('. ')[0] ?? '';
    throw new MailhuntError('CLI0001', { text: words, command: name }, { cause: error });
  }
  throw new MailhuntError('CLI0001', { text: `too many arguments for: mailhunt ${command.usage}`, command: name });
}

/** The settings that were named, which must exist, or those of the store, which need not. */
async function settingsOf(named: string | undefined, store: string): Promise<Settings> {
  const file = named ?? join(store, 'mailhunt.yaml');
  let yaml: string;
  try {
    yaml = await readFile(file, 'utf8');
  } catch (error) {
    if (named === undefined) return defaultSettings;
    throw new MailhuntError('CLI0001', {
      text: `cannot read ${file}: ${(error as Error).message}`,
      command: 'COMMAND',
    });
  }
  return (await import('../settings/index.ts')).readSettings(yaml, file);
}

function clockOf(command: string, iso: string | undefined, now: () => number): () => number {
  if (iso === undefined) return now;
  const ticks = parseDatetime(iso);
  if (ticks === null) throw new MailhuntError('CLI0001', { text: `--now ${iso} is no date`, command });
  const ms = unixMsFromTicks(ticks);
  return () => ms;
}

const helpOf = (command: Command): string =>
  `Usage: mailhunt ${command.usage}

${command.summary}

${command.help}${commonHelp}

Example:
  npx mailhunt ${command.example}
`;

const overview = async (): Promise<string> => `Usage: mailhunt COMMAND [OPTIONS]

Hunts for spoofed e-mail on this machine, with KQL over Microsoft Defender's tables.

${await listed(commands)}
mailhunt COMMAND --help says more. Exit codes: 0 fine, 1 found something or failed, 2 wrong use, 3 could not run.

Example:
  npx mailhunt query -e 'EmailEvents | where AuthenticationDetails has "dmarc=fail" | take 10'
`;
