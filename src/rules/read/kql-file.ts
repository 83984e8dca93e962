import { basename, extname } from 'node:path';
import { aboutOf } from './about.ts';
import { bareRules } from './bare-rule.ts';
import type { FileContent, RuleFile } from './rule-file.ts';
import { splitQueries } from './split-queries.ts';

/** What a file holds that begins with one of these. */
const notQueries: Readonly<Record<string, string>> = {
  '.': 'a management command',
  '{': 'a JSON document',
  '|': 'a piece of a query',
};

/** Hunts of a `.kql` file: its name is theirs where no comment gives one. */
export function readKqlFile(file: RuleFile): FileContent {
  const stretches = splitQueries(file.text);
  if (stretches.length === 0) return { rules: [], other: 'a file without a query' };
  const other = notQueries[file.text[stretches[0]!.start] ?? ''];
  if (other !== undefined) return { rules: [], other };
  const fileName = basename(file.path, extname(file.path));
  const rules = bareRules(file, 'kql', stretches, (stretch, i) => {
    const about = aboutOf(stretch.about);
    return { ...about, name: about.name ?? (stretches.length === 1 ? fileName : `${fileName} ${i + 1}`) };
  });
  return { rules };
}
