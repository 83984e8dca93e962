import type { Case, ScenarioFolder } from '../../lab/index.ts';
import type { Call } from '../command.ts';
import { errorText } from '../error-text.ts';

/** Options of every verb that reads scenarios. */
export const scenarioOptions = { scenarios: { type: 'string' } } as const;

export const scenarioHelp = `  --scenarios DIR    your own scenario files instead of the shipped ones
`;

/** The scenarios of a call; what is wrong in their files is said on `err`, and the others are there all the same. */
export async function scenariosOf({ values, err }: Call, own: readonly string[] = []): Promise<ScenarioFolder> {
  const { loadScenarios } = await import('../../lab/index.ts');
  const { scenarios: folder } = values;
  const found = await loadScenarios(typeof folder === 'string' ? folder : undefined, own);
  for (const problem of found.problems) await err.write(`${errorText(problem)}\n`);
  return found;
}

/** Both halves of every scenario, the harmless one first. */
export const casesOf = ({ scenarios }: ScenarioFolder): readonly Case[] =>
  scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);
