import type { ParseArgsOptionsConfig } from 'node:util';
import type { Policy } from '../../policy/index.ts';
import { bytesOfFile } from '../bytes-of-file.ts';
import type { Call } from '../command.ts';

/** The option of the commands that ask a policy. */
export const policyOptions = { policy: { type: 'string' } } as const satisfies ParseArgsOptionsConfig;

export const policyHelp = `  --policy FILE      the policy; without it the one that \`mailhunt policy init\` writes
`;

/**
 * The policy of a file.
 *
 * @throws MailhuntError CLI0001 where it cannot be read, POLICY0001 with the place of the first mistake
 */
export async function policyIn(file: string, command: string): Promise<Policy> {
  const text = (await bytesOfFile(file, command)).toString('utf8');
  const { readPolicy } = await import('../../policy/index.ts');
  return readPolicy(text, file);
}

/** The policy of `--policy`, or the default one. */
export async function policyOf({ values, now }: Call, command: string): Promise<Policy> {
  if (typeof values.policy === 'string') return policyIn(values.policy, command);
  return (await import('../../policy/index.ts')).defaultPolicy(now());
}
