import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Entry, sections, supportedEntries } from './kql-entries.ts';
import { refusals } from './kql-refused.ts';
import { usesOf } from './kql-uses.ts';

const reference = 'https://learn.microsoft.com/kusto/query/';
const tests = new URL('../test/', import.meta.url);

/** How many cases of the conformance corpus pass, for each name that they use; written by `scripts/conformance.ts`. */
export const passingFile = fileURLToPath(new URL('conformance/passing.json', tests));

/** The counts of `passing.json`, which a tree without a corpus beside it keeps as they are. */
export const passingCounts = (): Readonly<Record<string, number>> =>
  existsSync(passingFile) ? JSON.parse(readFileSync(passingFile, 'utf8')) : {};

/** How many query texts use each name. */
export function countUses(texts: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const name of usesOf(text)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** The golden queries that give rows. */
function* goldenTexts(): Generator<string> {
  const folder = new URL('kql/golden/', tests);
  for (const name of readdirSync(folder).sort()) {
    const query = new URL(`${name}/query.kql`, folder);
    if (existsSync(query) && !existsSync(new URL(`${name}/error.txt`, folder))) yield readFileSync(query, 'utf8');
  }
}

/** Lines of the tables of cases that name a function in quotes, alone or before a bracket. */
function tableCases(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const folder of ['kql/functions/', 'kql/aggregates/', 'kql/windows/', 'kql/compute/', 'surroundings/']) {
    const at = new URL(folder, tests);
    const files = readdirSync(at, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
    for (const file of files.sort())
      for (const line of readFileSync(new URL(file, at), 'utf8').split('\n'))
        for (const name of namedIn(line)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const namedIn = (line: string): Set<string> =>
  new Set([...line.matchAll(/'([^']{1,40})'|\b([a-z_]\w*)\(/g)].map(([, quoted, called]) => quoted ?? called!));

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** `docs/kql-support.md`: what runs, from the tables that the engine itself reads, and what is refused. */
export function kqlSupportPage(): string {
  const [golden, cases, corpus] = [countUses(goldenTexts()), tableCases(), passingCounts()];
  const row = ({ name, page }: Entry): string => {
    const own = (golden.get(name) ?? 0) + (cases.get(name) ?? 0);
    return `| \`${cell(name)}\` | [${page}](${reference}${page}) | ${own} | ${corpus[name] ?? 0} |`;
  };
  const entries = supportedEntries();
  return [
    '<!-- Generated from src/kql, test/ and scripts/kql-refused.ts: npm run docs -->',
    '# The KQL that runs',
    '',
    'What is not in these tables is refused by name and place before anything runs. How to add to them:',
    '[adding-kql.md](adding-kql.md). `ours` counts the passing cases of this repository that use the name (golden queries and rows of tables of',
    'cases), `corpus` those of the conformance corpus, as the last run over it found them (`test/conformance/passing.json`).',
    '',
    '`now()` and `ago()` are one instant for the whole query.',
    '',
    ...sections.flatMap((section) => [
      `## ${section}`,
      '',
      '| name | reference | ours | corpus |',
      '| --- | --- | ---: | ---: |',
      ...entries.filter((entry) => entry.section === section).map(row),
      '',
    ]),
    '## Refused by name',
    '',
    '| name | reason |',
    '| --- | --- |',
    ...refusals.map(({ shown, reason }) => `| ${cell(shown)} | ${reason} |`),
    '',
  ].join('\n');
}
