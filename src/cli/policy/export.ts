import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { MailhuntError } from '../../errors/index.ts';
import type { PolicyFile } from '../../policy/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { judgeOptionsFor } from '../mail-settings.ts';
import { policyIn } from './policy-file.ts';

const NAME = 'policy export';

/** `mailhunt policy export`: a policy for another program. */
export const exportPolicy: Command = {
  usage: 'policy export POLICY --exchange | --rspamd | --opendmarc [--to FOLDER]',
  summary: 'Translates a policy for Exchange Online, rspamd or OpenDMARC, and says what they cannot say.',
  help: `  --exchange         New-TransportRule commands, and the click path in the admin center
  --rspamd           files for local.d of rspamd
  --opendmarc        opendmarc.conf
  --to FOLDER        writes the files there, never over one; without it they are printed
See docs/policy-exchange.md.
`,
  example: 'policy export policy.yaml --exchange --to rules',
  options: {
    exchange: { type: 'boolean' },
    rspamd: { type: 'boolean' },
    opendmarc: { type: 'boolean' },
    to: { type: 'string' },
  },
  positionals: 1,
  run,
};

const wrong = (text: string, cause?: unknown) =>
  new MailhuntError('CLI0001', { text, command: NAME }, cause === undefined ? {} : { cause });

async function run(call: Call): Promise<ExitCode> {
  const [file] = call.positionals;
  if (file === undefined) throw wrong('give a policy: mailhunt policy init writes one to begin with');
  const [target, ...more] = (['exchange', 'rspamd', 'opendmarc'] as const).filter((one) => call.values[one] === true);
  if (target === undefined || more.length > 0) throw wrong('give one of --exchange, --rspamd and --opendmarc');
  const policy = await policyIn(file, NAME);
  const { translations } = await import('../../policy/index.ts');
  const trustedSealers = judgeOptionsFor(call, 'auto').composite?.trustedSealers ?? [];
  const files = translations[target](policy, { now: call.now(), trustedSealers });
  const { to } = call.values;
  if (typeof to === 'string') await writeFiles(call, to, files);
  else await call.out.write(printed(files));
  return 0;
}

/** One file as it is; several with their names before them. */
const printed = (files: readonly PolicyFile[]): string =>
  files.length === 1 ? files[0]!.text : files.map(({ path, text }) => `# ===== ${path}\n${text}`).join('\n');

async function writeFiles({ out }: Call, folder: string, files: readonly PolicyFile[]): Promise<void> {
  for (const { path, text } of files) {
    const target = join(folder, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text, { flag: 'wx' });
    } catch (cause) {
      const { code, message } = cause as NodeJS.ErrnoException;
      throw wrong(`${target} cannot be written: ${code === 'EEXIST' ? 'it is there already' : message}`, cause);
    }
    await out.write(`${target} is written\n`);
  }
}
