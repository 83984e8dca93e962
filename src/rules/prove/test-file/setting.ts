import type { Mailing, Setting } from '../tests.ts';
import type { Part } from './part.ts';
import { tablesOf } from './tables.ts';

/** Copies of a case that one test may send. */
const MAX_COPIES = 500;

/** The names of the lab's cases. */
export type KnownCases = ReadonlySet<string>;

/** `background`: a list of cases, mailings and rows that are there in every test. */
export function backgroundOf(part: Part | undefined, cases: KnownCases): Setting {
  const settings = (part?.items() ?? []).map((item): Setting => {
    if (!item.isMap || !item.entries().has('tables')) return { mail: [mailingOf(item, cases)], tables: [] };
    return { mail: [], tables: tablesOf(item.fields(['tables']).tables) };
  });
  return {
    mail: settings.flatMap(({ mail }) => mail),
    tables: settings.flatMap(({ tables }) => tables),
  };
}

/** A case by its name, or with how often and when: `{case: invoice-wave, count: 5, over: 2h, ago: 1d}`. */
export function mailingOf(part: Part, cases: KnownCases): Mailing {
  if (!part.isMap) return { case: caseOf(part, cases), count: 1, ago: 0, over: 0 };
  const { case: name, count, ago, over } = part.fields(['case', 'count', 'ago', 'over']);
  if (name === undefined) return part.wrong('names no case');
  const copies = count?.whole(1, MAX_COPIES) ?? 1;
  return {
    case: caseOf(name, cases),
    count: copies,
    ago: ago?.duration() ?? 0,
    over: over?.duration() ?? (copies - 1) * 60_000,
  };
}

function caseOf(part: Part, cases: KnownCases): string {
  const name = part.text();
  if (cases.has(name)) return name;
  const near = nearest(name, cases);
  return part.wrong(`names ${JSON.stringify(name)}, which is no case of the lab${near}; mailhunt lab list has them`);
}

/** A hint at the case that shares most of the words of a name. */
function nearest(name: string, cases: KnownCases): string {
  const words = new Set(name.toLowerCase().split(/[^a-z0-9]+/));
  const shared = (known: string): number => known.split('-').filter((word) => words.has(word)).length;
  const [best] = [...cases].sort((a, b) => shared(b) - shared(a));
  return best === undefined || shared(best) === 0 ? '' : `; did you mean ${best}?`;
}
