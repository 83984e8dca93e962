import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MailhuntError } from '../errors/index.ts';
import { MOST_BYTES, nearestName } from '../yaml/index.ts';
import { type Cast, emptyCast, readCast } from './scenarios/cast.ts';
import { readScenario } from './scenarios/read-scenario.ts';
import type { Case, Scenario } from './scenarios/scenario.ts';

/** Where the shipped scenarios are. */
export const scenarioFolder = (): string => fileURLToPath(new URL('../../scenarios/', import.meta.url));

/** The file of a folder that holds what its scenarios share. */
const CAST = 'cast.yaml';
const MOST_FILES = 2000;

/** A folder of scenarios as it was read. */
export interface ScenarioFolder {
  /** By file name. */
  readonly scenarios: readonly Scenario[];
  readonly cast: Cast;
  /** Files that were not read, each with what is wrong in it and where. */
  readonly problems: readonly MailhuntError[];
}

/**
 * Reads every `.yaml` file of a folder. One that is broken is a problem, and the others are read all the same.
 *
 * @param folder @default the shipped scenarios
 * @param own domains that the caller has, in whose name scenarios may be
 * @throws MailhuntError LAB0005 where the folder cannot be read
 * @example (await loadScenarios()).scenarios.flatMap(({ harmless, attack }) => [harmless, attack])
 */
export async function loadScenarios(folder = scenarioFolder(), own: readonly string[] = []): Promise<ScenarioFolder> {
  const problems: MailhuntError[] = [];
  const shown = (name: string): string => relative('.', join(folder, name)).replaceAll('\\', '/');
  const attempt = async <T>(name: string, read: (text: string) => T): Promise<T | undefined> => {
    try {
      return read(await contentOf(join(folder, name), shown(name)));
    } catch (error) {
      if (!(error instanceof MailhuntError)) throw error;
      problems.push(error);
      return undefined;
    }
  };
  const names = await yamlFiles(folder);
  const hasCast = names.includes(CAST);
  const cast = hasCast ? await attempt(CAST, (text) => readCast(text, shown(CAST), own)) : emptyCast;
  const scenarios: Scenario[] = [];
  const taken = new Map<string, string>();
  for (const name of names.filter((one) => one !== CAST)) {
    const scenario = await attempt(name, (text) =>
      unique(
        readScenario(text, { name: name.replace(/\.ya?ml$/, ''), file: shown(name) }, { cast: cast ?? emptyCast, own }),
        shown(name),
        taken,
      ),
    );
    if (scenario !== undefined) scenarios.push(scenario);
  }
  return { scenarios, cast: cast ?? emptyCast, problems };
}

async function yamlFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: Error) => {
    throw new MailhuntError('LAB0005', { folder, text: cause.message }, { cause });
  });
  const names = entries.filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name)).map(({ name }) => name);
  if (names.length > MOST_FILES) {
    throw new MailhuntError('LAB0005', {
      folder,
      text: `it holds ${names.length} files; at most ${MOST_FILES} are read`,
    });
  }
  return names.toSorted();
}

async function contentOf(path: string, file: string): Promise<string> {
  const refuse = (text: string): never => {
    throw new MailhuntError('LAB0001', { file, line: 1, column: 1, text });
  };
  try {
    const about = await stat(path);
    if (!about.isFile()) refuse('it is no file');
    if (about.size > MOST_BYTES) refuse(`the file is larger than ${MOST_BYTES >> 10} KB`);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof MailhuntError) throw error;
    return refuse(`it cannot be read: ${(error as Error).message}`);
  }
}

/** A name that another file has already would make tests name the wrong mail. */
function unique(scenario: Scenario, file: string, taken: Map<string, string>): Scenario {
  for (const { name } of [scenario.harmless, scenario.attack]) {
    const other = taken.get(name);
    if (other !== undefined)
      throw new MailhuntError('LAB0001', { file, line: 1, column: 1, text: `the name ${name} is taken by ${other}` });
  }
  for (const { name } of [scenario.harmless, scenario.attack]) taken.set(name, file);
  return scenario;
}

/**
 * The case of that name among some scenarios.
 *
 * @throws MailhuntError LAB0003 where there is none, with the nearest name
 */
export function caseIn({ scenarios }: Pick<ScenarioFolder, 'scenarios'>, name: string): Case {
  const cases = scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);
  const found = cases.find((one) => one.name === name);
  if (found !== undefined) return found;
  const near = nearestName(
    name,
    cases.map((one) => one.name),
  );
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  throw new MailhuntError('LAB0003', { name: JSON.stringify(name.slice(0, 80)), hint });
}

let shipped: Promise<ScenarioFolder> | undefined;

/**
 * A shipped case by its name; the folder is read once.
 *
 * @throws MailhuntError LAB0003 where there is none
 * @example await receive(await caseNamed('direct-send'), { seed: 1, now: Date.now() })
 */
export async function caseNamed(name: string): Promise<Case> {
  shipped ??= loadScenarios();
  return caseIn(await shipped, name);
}
