import { MailhuntError } from '../../../errors/index.ts';
import { MOST_VALUES, type Predicate, predicateTable } from '../../predicates/index.ts';
import { valueSpot } from '../../read/policy-spot.ts';
import type { RawRule } from './raw-rules.ts';
import { bytesOf, textsOf } from './values.ts';

/** Conditions, or exceptions, as a policy file has them. */
export interface ImportedConditions {
  /** Each a predicate with its argument. */
  readonly clauses: readonly Readonly<Record<string, unknown>>[];
  /** Why some are not among them. */
  readonly unsupported: readonly string[];
}

/** Words that Exchange counts from 0. @source ToUserScope, FromUserScope of Exchange's own library */
const scopes = ['InOrganization', 'NotInOrganization'];
const single: ReadonlySet<string> = new Set(['FromScope', 'SentToScope']);

/** The predicates that Exchange has. */
const exchangeable = predicateTable.filter(({ exchange }) => exchange !== undefined);

/** The parameters of conditions that are read here. */
export const knownConditions: ReadonlySet<string> = new Set(
  exchangeable.flatMap(({ exchange }) => exchange!.parameters.flatMap((name) => [name, `ExceptIf${name}`])),
);

/**
 * The conditions of a rule, or its exceptions.
 *
 * @param prefix `ExceptIf` for exceptions
 * @param texts the values of a property, by its name; throws where it was cut off
 */
export function importedConditions(rule: RawRule, prefix: '' | 'ExceptIf'): ImportedConditions {
  const clauses: Record<string, unknown>[] = [];
  const unsupported: string[] = [];
  for (const row of exchangeable) {
    const names = row.exchange!.parameters.map((name) => `${prefix}${name}`);
    const found = names.map((name) => textsOf(rule[name]));
    if (found.every((one) => 'texts' in one && one.texts.length === 0)) continue;
    const texts = found.map((one) => ('texts' in one ? one.texts : []));
    const argument = argumentOf(row, texts);
    const why = texts.some(({ length }) => length > MOST_VALUES)
      ? `it has more than ${MOST_VALUES} values`
      : whyUnreadable(row, argument);
    if (why === undefined) clauses.push({ [row.name]: argument });
    else unsupported.push(`${names.at(-1)}: ${why}`);
  }
  return { clauses, unsupported };
}

function argumentOf({ name, argument }: Predicate, [texts = [], values = []]: readonly (readonly string[])[]): unknown {
  if (name === 'HeaderContains') return { MessageHeader: texts[0], Words: values };
  if (name === 'HeaderMatches') return { MessageHeader: texts[0], Patterns: values };
  if (name === 'MessageSizeOver') return bytesOf(texts[0]!);
  if ('type' in argument.schema && argument.schema.type === 'integer') return Number(texts[0]);
  if (single.has(name)) return /^[01]$/.test(texts[0]!) ? scopes[Number(texts[0])] : texts[0];
  return texts;
}

/** Reads an argument as a policy file would. */
function whyUnreadable({ argument }: Predicate, value: unknown): string | undefined {
  try {
    argument.read(valueSpot(value));
    return undefined;
  } catch (error) {
    if (!(error instanceof MailhuntError)) throw error;
    return 'text' in error.facts ? String(error.facts.text) : error.message;
  }
}
