import type { Call, Command, ExitCode } from '../command.ts';

/** `mailhunt policy schema`: the form of a policy, for editors. */
export const schema: Command = {
  usage: 'policy schema',
  summary: 'Prints the form of a policy file as JSON Schema, for an editor that completes and underlines.',
  help: '',
  example: 'policy schema > policy.schema.json',
  options: {},
  positionals: 0,
  run,
};

async function run({ out }: Call): Promise<ExitCode> {
  const { policySchema } = await import('../../policy/index.ts');
  await out.write(`${JSON.stringify(policySchema(), null, 2)}\n`);
  return 0;
}
