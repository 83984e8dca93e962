import { writeFile } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import type { ImportedPolicy } from '../../policy/index.ts';
import { bytesOfFile } from '../bytes-of-file.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless } from '../harmless.ts';

const NAME = 'policy import';

/** `mailhunt policy import`: the mail-flow rules of Exchange as a policy. */
export const importPolicy: Command = {
  usage: 'policy import FILE.json [--to FILE]',
  summary:
    'Makes a policy, in Audit, of what Get-TransportRule | ConvertTo-Json -Depth 5 wrote; 1 where a rule is switched off.',
  help: `  --to FILE          writes the policy there, never over a file; without it, it is printed
A rule that asks or does what mailhunt cannot is switched off, and its comments say why.
`,
  example: 'policy import rules.json --to policy.yaml',
  options: { to: { type: 'string' } },
  positionals: 1,
  run,
};

const wrong = (text: string, cause: unknown) => new MailhuntError('CLI0001', { text, command: NAME }, { cause });

async function run({ positionals, values, out, err }: Call): Promise<ExitCode> {
  const [file] = positionals;
  if (file === undefined) throw new MailhuntError('CLI0001', { text: 'give a file of rules', command: NAME });
  const bytes = await bytesOfFile(file, NAME);
  const { importExchange } = await import('../../policy/index.ts');
  const found = importExchange(bytes, file);
  if (typeof values.to === 'string') {
    await writeFile(values.to, found.text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
      throw wrong(
        `${values.to} cannot be written: ${cause.code === 'EEXIST' ? 'it is there already' : cause.message}`,
        cause,
      );
    });
  } else await out.write(found.text);
  await err.write(
    summaryOf(found)
      .map((line) => `${harmless(line)}\n`)
      .join(''),
  );
  return found.rules.some(({ off }) => off.length > 0) ? 1 : 0;
}

function summaryOf({ rules }: ImportedPolicy): readonly string[] {
  const off = rules.filter((rule) => rule.off.length > 0);
  return [
    `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}, of which ${off.length} switched off; the policy is in Audit`,
    ...off.map((rule) => `“${rule.name}” is switched off: ${rule.off.join('; ')}`),
    ...rules
      .filter(({ behind }) => behind.length > 0)
      .map(
        ({ name, behind }) => `“${name}” is in Audit: it stands behind ${behind.map((one) => `“${one}”`).join(', ')}`,
      ),
    ...rules
      .filter(({ isOpenDoor }) => isOpenDoor)
      .map(
        ({ name }) =>
          `“${name}” is an open door in Exchange: it takes mail past the filters (SetSCL -1), and nothing that it asks proves the sender`,
      ),
  ];
}
