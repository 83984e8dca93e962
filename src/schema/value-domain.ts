import { bagTexts, compactBags } from './compact-bag.ts';
import type { TableSchema } from './table.ts';

/** What a column is known to hold, where that can be written out. */
export interface ValueDomain {
  /** Every text that the column is known to hold; '' is always possible. */
  readonly texts: readonly string[];
  /** What it holds, in words for a person. */
  readonly holds: string;
  /** What to write instead of a text that people look for in vain: a pattern of the text, and a KQL predicate with `$1`, `$2`. */
  readonly instead: readonly { readonly find: string; readonly write: string }[];
}

/** One or several of the words, in any order, as Defender joins them. */
const joined = (words: readonly string[]): string[] => {
  const pairs = words.flatMap((a) => words.filter((b) => b !== a).map((b) => `${a}, ${b}`));
  return [
    ...words,
    ...pairs,
    ...pairs.flatMap((pair) => words.filter((w) => !pair.includes(w)).map((w) => `${pair}, ${w}`)),
  ];
};

const authentication = compactBags.AuthenticationDetails!;

/** Columns whose `values` are words inside longer texts. */
const composed: Readonly<Record<string, (values: readonly string[]) => ValueDomain | undefined>> = {
  AuthenticationDetails: () => ({
    texts: bagTexts(authentication),
    holds: authentication.holds,
    instead: Object.keys(authentication.members).map((key) => ({
      find: `\\b${key}\\s*[=:]\\s*(\\w+)`,
      write: `parse_json(AuthenticationDetails).${key} =~ "$1"`,
    })),
  }),
  ThreatTypes: threatTypes,
  OriginalThreatTypes: threatTypes,
  DetectionMethods: () => undefined,
  OriginalDetectionMethods: () => undefined,
  ConfidenceLevel: () => undefined,
  ForwardingInformation: () => undefined,
  ThreatClassification: () => undefined,
};

function threatTypes(values: readonly string[]): ValueDomain {
  return { texts: joined(values), holds: `one or several of ${quoted(values)}, joined by ", "`, instead: [] };
}

const quoted = (values: readonly string[]): string => values.map((value) => `"${value}"`).join(', ');

/**
 * What the columns of a table are known to hold, by column. Words of a document, never a closed list: what contradicts it is
 * a reason to look at the rows, not a proof.
 */
export function valueDomains({ columns }: TableSchema): Readonly<Record<string, ValueDomain>> {
  const domains = columns.flatMap(({ name, type, values }) => {
    if (type !== 'string' || values === undefined) return [];
    const compose = composed[name];
    const domain = compose === undefined ? { texts: values, holds: quoted(values), instead: [] } : compose(values);
    return domain === undefined ? [] : [[name, domain] as const];
  });
  return Object.fromEntries(domains);
}
