import { type Tactic, tactics } from '../attack/techniques.ts';
import { severities } from '../rule.ts';
import { said } from './story.ts';

const bare = (text: string): string => text.toLowerCase().replaceAll(/[^a-z]/g, '');
const tacticsByName = new Map(tactics.map((tactic) => [bare(tactic), tactic]));

/** The tactic that a few words name, as Sentinel writes it. @example tacticOf('Command and Control') // 'CommandAndControl' */
export const tacticOf = (words: string): Tactic | undefined =>
  tacticsByName.get(bare(words.replace(/\bTA\d{4}\b/, '')));

/** The technique ids of a text, addresses aside: those write sub-techniques otherwise (`T1566/002`). */
export const techniquesIn = (text: string): string[] => [
  ...new Set(text.replaceAll(/https?:\/\/[^\s)|>]+/g, ' ').match(/\bT\d{4}(?:\.\d{3})?\b/g)),
];

/** What a comment header says of its query. */
export interface About {
  readonly id?: string;
  readonly name?: string;
  readonly description?: string;
  readonly severity?: (typeof severities)[number];
  readonly version?: string;
  readonly tactics: readonly string[];
  readonly techniques: readonly string[];
  readonly tags: readonly string[];
}

const KEYED = /^([A-Za-z&][\w&() -]{0,40}?)\s*:\s*(.*)$/;

type Field = 'name' | 'description' | 'severity' | 'version' | 'tactics' | 'tags' | 'id';

/** Names of the lines of headers, without case, blanks and plural. */
const keys: Readonly<Record<string, Field>> = {
  title: 'name',
  name: 'name',
  queryname: 'name',
  rulename: 'name',
  query: 'name',
  description: 'description',
  desc: 'description',
  summary: 'description',
  severity: 'severity',
  version: 'version',
  tactic: 'tactics',
  mitretactic: 'tactics',
  mitreattcktactic: 'tactics',
  tag: 'tags',
  id: 'id',
  guid: 'id',
  ruleid: 'id',
};

/** Names of lines that the model has no field for: they are no description either. */
const ELSEWHERE =
  /^(?:author|date|created|modified|updated|last|reference|link|url|source|mitre|att|technique|data|required|table|license|status|twitter|blog|contact|platform|product|type|category)/i;

/** Headers are short; what is longer is a text in comments. */
const MOST_LINES = 200;

/**
 * Reads the comment lines above a query: `Title: …`, `Severity: …` and their like; lines without a name are its
 * description.
 *
 * @param lines without their slashes
 */
export function aboutOf(lines: readonly string[]): About {
  const header = lines.slice(0, MOST_LINES).map((line) => line.trim());
  const found = fieldsIn(header);
  const take = (field: Field): string | undefined => found.get(field)?.join('\n').trim() || undefined;
  const severity = severities.find((word) => word.toLowerCase() === take('severity')?.toLowerCase());
  const [name, description, version] = [take('name'), take('description'), take('version')];
  return {
    ...said({ id: guidIn(take('id')), name, description, severity, version }),
    tactics: items(take('tactics')).flatMap((words) => tacticOf(words) ?? []),
    techniques: techniquesIn(header.join('\n')),
    tags: items(take('tags')),
  };
}

function fieldsIn(header: readonly string[]): Map<Field, string[]> {
  const found = new Map<Field, string[]>();
  const add = (field: Field, text: string): void => {
    found.set(field, found.get(field) ?? []);
    if (text !== '' && !isRule(text)) found.get(field)!.push(text);
  };
  // A name without anything behind it heads the lines below it, up to a blank one.
  let heading: Field | 'elsewhere' | undefined;
  for (const line of header) {
    const [, key, value = ''] = KEYED.exec(line) ?? [];
    const field = key === undefined || value.startsWith('//') ? undefined : keys[bare(key).replace(/s$/, '')];
    const isElsewhere = field === undefined && key !== undefined && ELSEWHERE.test(key);
    if (field !== undefined) add(field, value);
    else if (line !== '' && !isElsewhere && heading !== 'elsewhere') add(heading ?? 'description', line);
    if (field !== undefined || isElsewhere) heading = value === '' ? (field ?? 'elsewhere') : undefined;
    else if (line === '') heading = undefined;
  }
  return found;
}

/** A line of signs: `=====`. */
const isRule = (text: string): boolean => /^[-=*#_~/+ ]{3,}$/.test(text);

const items = (text = ''): string[] =>
  text
    .split(/[,;|\n]/)
    .map((item) => item.replace(/\(.*$/, '').trim())
    .filter((item) => item !== '');

const guidIn = (text = ''): string | undefined => /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i.exec(text)?.[0];
