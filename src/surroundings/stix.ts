import { NotPlain, patternValues } from './stix-pattern.ts';

/** What a watchlist holds: names of columns, and a text for each in each record. */
export interface ListContent {
  readonly columns: readonly string[];
  readonly records: readonly (readonly string[])[];
  /** What the file has and the list does not, in words. */
  readonly leftOut?: string;
}

/** The columns of a list of indicators. */
export const indicatorColumns: readonly string[] = ['SearchKey', 'Type', 'Name', 'ValidUntil', 'Source'];

const MOST_INDICATORS = 500_000;
/** So many reasons are told, and so many names with each. */
const SHOWN = 3;

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/**
 * The indicators of a STIX 2.1 bundle (or of what a TAXII server answers) that hold now, a record for each value. One whose
 * pattern is no plain list of values is left out and counted; those that are revoked or out of their time are not there.
 *
 * @param now milliseconds since 1970
 * @throws SyntaxError for what is no JSON, RangeError for what is no bundle or too large
 */
export function stixIndicators(json: string, now: number): ListContent {
  const objects = objectsOf(JSON.parse(json));
  const names = new Map(
    objects.filter(({ type }) => type === 'identity').map(({ id, name }) => [text(id), text(name)]),
  );
  const indicators = objects.filter((one) => one.type === 'indicator');
  if (indicators.length > MOST_INDICATORS) throw new RangeError(`it has more than ${MOST_INDICATORS} indicators`);
  const reasons = new Map<string, string[]>();
  const records = indicators
    .filter((one) => holds(one, now))
    .flatMap((indicator) => {
      try {
        return recordsOf(indicator, names);
      } catch (error) {
        if (!(error instanceof NotPlain)) throw error;
        const named = reasons.get(error.message) ?? [];
        reasons.set(error.message, named);
        named.push(text(indicator.name) || text(indicator.id));
        return [];
      }
    });
  const leftOut = reasons.size === 0 ? {} : { leftOut: leftOutWords(reasons, indicators.length) };
  return { columns: indicatorColumns, records, ...leftOut };
}

function objectsOf(bundle: unknown): readonly Fields[] {
  const objects = isFields(bundle) ? bundle.objects : bundle;
  if (!Array.isArray(objects)) throw new RangeError('it is no STIX bundle: it has no list of objects');
  return objects.filter(isFields);
}

/** Whether an indicator is in its time and was not taken back. A date that is none bounds nothing. */
function holds({ revoked, valid_from, valid_until }: Fields, now: number): boolean {
  return revoked !== true && !(Date.parse(text(valid_until)) <= now) && !(Date.parse(text(valid_from)) > now);
}

function recordsOf(indicator: Fields, names: ReadonlyMap<string, string>): readonly string[][] {
  const { pattern, pattern_type: kind = 'stix', indicator_types: types, name, valid_until, created_by_ref } = indicator;
  if (kind !== 'stix') throw new NotPlain(`is written in ${text(kind).slice(0, 40) || 'no language'}`);
  if (Array.isArray(types) && types.includes('benign')) throw new NotPlain('stands for what is benign');
  const source = names.get(text(created_by_ref)) ?? text(created_by_ref);
  return patternValues(text(pattern)).map(({ type, value }) => [value, type, text(name), text(valid_until), source]);
}

function leftOutWords(reasons: ReadonlyMap<string, readonly string[]>, all: number): string {
  const sorted = [...reasons].toSorted(([, a], [, b]) => b.length - a.length);
  const count = sorted.reduce((sum, [, named]) => sum + named.length, 0);
  const told = sorted.slice(0, SHOWN).map(([reason, named]) => {
    const few = named.slice(0, SHOWN).map((one) => JSON.stringify(one.slice(0, 80)));
    return `${named.length} whose pattern ${reason.slice(0, 120)} (${few.join(', ')}${named.length > SHOWN ? ', …' : ''})`;
  });
  const more = sorted.length > SHOWN ? '; and others' : '';
  return `${count} of ${all} indicators are left out: ${told.join('; ')}${more}`;
}
