import { MailhuntError } from '../../errors/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { policyIn } from './policy-file.ts';

/** `mailhunt policy check`: whether a policy can be read. */
export const check: Command = {
  usage: 'policy check FILE',
  summary: 'Reads a policy and says what it holds, or the place of its first mistake.',
  help: '',
  example: 'policy check policy.yaml',
  options: {},
  positionals: 1,
  run,
};

async function run({ positionals, out }: Call): Promise<ExitCode> {
  const [file] = positionals;
  if (file === undefined) throw new MailhuntError('CLI0001', { text: 'give a policy', command: 'policy check' });
  const { name, mode, rules } = await policyIn(file, 'policy check');
  const many = rules.length === 1 ? '1 rule' : `${rules.length} rules`;
  await out.write(`${file}: “${name}”, ${mode}, ${many}\n`);
  return 0;
}
