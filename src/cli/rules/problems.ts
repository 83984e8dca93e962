import type { RulesRead } from '../../rules/index.ts';
import type { ExitCode } from '../command.ts';
import { errorText } from '../error-text.ts';
import type { Output } from '../output.ts';

/** More problems than this are counted and not shown: who reads that many begins with the first. */
const SHOWN = 50;

/** Says what is wrong in the files that were read; 1 where anything is. */
export async function reportProblems({ problems }: Pick<RulesRead, 'problems'>, err: Output): Promise<ExitCode> {
  for (const problem of problems.slice(0, SHOWN)) await err.write(`${errorText(problem)}\n`);
  if (problems.length > SHOWN) await err.write(`and ${problems.length - SHOWN} more problems\n`);
  return problems.length > 0 ? 1 : 0;
}
