import { writeFile } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt policy init`: a policy to begin with. */
export const init: Command = {
  usage: 'policy init [FILE]',
  summary: 'Writes the default policy, in Audit: it honours what the owners of domains ask for. Never over a file.',
  help: `  FILE               where to (policy.yaml); - for standard output
`,
  example: 'policy init policy.yaml',
  options: {},
  positionals: 1,
  run,
};

async function run({ positionals, now, out }: Call): Promise<ExitCode> {
  const [file = 'policy.yaml'] = positionals;
  const { defaultPolicyText } = await import('../../policy/index.ts');
  const text = defaultPolicyText(now());
  if (file === '-') {
    await out.write(text);
    return 0;
  }
  await writeFile(file, text, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
    const why = cause.code === 'EEXIST' ? 'it is there already' : cause.message;
    throw new MailhuntError(
      'CLI0001',
      { text: `${file} cannot be written: ${why}`, command: 'policy init' },
      { cause },
    );
  });
  await out.write(`${file} is written, in Audit: nothing is refused before it says Enforce.\n`);
  return 0;
}
