import { MailhuntError } from '../../errors/index.ts';
import type { FoundInPolicy, Policy } from '../../policy/index.ts';
import type { Call, Command, ExitCode } from '../command.ts';
import { harmless, printedJson } from '../harmless.ts';
import { hung } from '../wrap.ts';
import { policyIn } from './policy-file.ts';

/** `mailhunt policy check`: what is wrong with a policy. */
export const check: Command = {
  usage: 'policy check FILE [--json]',
  summary:
    'Reads a policy and looks it over: the place of its first mistake, or what it does that nobody means; 1 for either.',
  help: `  --json             everything, for programs
`,
  example: 'policy check policy.yaml',
  options: { json: { type: 'boolean' } },
  positionals: 1,
  run,
};

async function run({ positionals, values, now, out }: Call): Promise<ExitCode> {
  const [file] = positionals;
  if (file === undefined) throw new MailhuntError('CLI0001', { text: 'give a policy', command: 'policy check' });
  const policy = await policyIn(file, 'policy check');
  const { lintPolicy } = await import('../../policy/index.ts');
  const findings = lintPolicy(policy, now());
  await out.write(values.json === true ? printedJson(findings) : textOf(policy, file, findings, out.width));
  return findings.length === 0 ? 0 : 1;
}

function textOf(
  { name, mode, rules }: Policy,
  file: string,
  findings: readonly FoundInPolicy[],
  width: number,
): string {
  const many = rules.length === 1 ? '1 rule' : `${rules.length} rules`;
  const lines = findings.flatMap(({ lint, place, rule, words }) => [
    '',
    ...hung(`${file}:${place.line}:${place.column}  ${lint.severity} ${lint.id} ${lint.name}`, width),
    ...hung(`  ${rule === undefined ? '' : `“${rule}”: `}${words}`, width),
    ...hung(`  ${lint.advice}`, width),
  ]);
  return `${[`${file}: “${name}”, ${mode}, ${many}`, ...lines].map(harmless).join('\n')}\n`;
}
