import { type Condition, exceptIf, headerContains, headerMatches, isAboutRecipients } from './condition.ts';
import { type Parameter, parameter } from './parameters.ts';

/**
 * Fields by which one rule tells the next what it has seen. They are taken out of what comes in first, so that no sender can
 * write them.
 */
export const markFields = { when: 'X-Mailhunt-When', unless: 'X-Mailhunt-Unless' } as const;

/** A rule that only marks a message for a later one. */
export interface MarkRule {
  readonly parameters: readonly Parameter[];
}

/** Conditions and exceptions of a rule, with the rules that go before it. */
export interface Packed {
  readonly marks: readonly MarkRule[];
  readonly parameters: readonly Parameter[];
}

/**
 * Puts conditions and exceptions into one rule where each type stands there once, and otherwise into a chain: rules before
 * it write marks into the header, and it asks for the marks. A chain means the same as long as nothing comes between its
 * rules and no mark is about recipients.
 *
 * @param exceptions each a list of conditions that must all hold
 * @param token what the marks of this rule are called
 * @returns undefined where only recipients could be told apart by marks
 * @example packed([scl, subject], [], 'r1')!.marks // []
 */
export function packed(
  conditions: readonly Condition[],
  exceptions: readonly (readonly Condition[])[],
  token: string,
): Packed | undefined {
  const when = chained(conditions, `${token}w`);
  const { direct, marked } = sorted(exceptions);
  const unless = marked.map((one, at) => chained(one, `${token}u${at}s`));
  if (when === undefined || unless.some((one) => one === undefined) || marked.flat().some(isAboutRecipients))
    return undefined;
  const isMarked = `${token}u`;
  // Those of the conditions come last: chains of exceptions write the same field on their way.
  const marks = [
    ...unless.flatMap((one) => [...one!.marks, markRule(one!.last, markFields.unless, isMarked)]),
    ...when.marks,
  ];
  const exceptionMark = marked.length === 0 ? [] : [exceptIf(markCondition(markFields.unless, isMarked))];
  return {
    marks,
    parameters: [...when.last, ...direct.map(exceptIf), ...exceptionMark].flatMap((one) => one.parameters),
  };
}

const markRule = (conditions: readonly Condition[], field: string, token: string): MarkRule => ({
  parameters: [
    ...conditions.flatMap((one) => one.parameters),
    parameter('SetHeaderName', field),
    parameter('SetHeaderValue', token),
  ],
});

const markCondition = (field: string, token: string): Condition => headerContains(field, [token]);

/** Conditions in groups of different types; each group but the first asks for the mark of the one before. */
function chained(
  conditions: readonly Condition[],
  token: string,
): { readonly marks: readonly MarkRule[]; readonly last: readonly Condition[] } | undefined {
  const groups = grouped(conditions);
  if (groups === undefined) return undefined;
  const marks: MarkRule[] = [];
  let asked: readonly Condition[] = [];
  for (const [at, group] of groups.entries()) {
    const own = [...asked, ...group];
    if (at === groups.length - 1) return { marks, last: own };
    marks.push(markRule(own, markFields.when, `${token}${at}`));
    asked = [askedIn(groups[at + 1]!, `${token}${at}`)];
  }
  return { marks, last: [] };
}

/** Asks for a mark by the one of the two conditions about headers that a group has not. */
const askedIn = (group: readonly Condition[], token: string): Condition =>
  group.some(({ type }) => type === 'HeaderContainsMessageHeader')
    ? headerMatches(markFields.when, [`^${token}$`])
    : markCondition(markFields.when, token);

/** Groups in the order of their rules. The last is that of the rule itself, which alone may ask about recipients. */
function grouped(conditions: readonly Condition[]): readonly (readonly Condition[])[] | undefined {
  if (fits(conditions, true)) return [conditions];
  const first: Condition[] = [];
  const between: Condition[][] = [];
  const last = conditions.filter(isAboutRecipients);
  if (!fits(last, false)) return undefined;
  for (const one of conditions.filter((each) => !isAboutRecipients(each))) {
    const open = [last, first, ...between].find((group) => fits([...group, one], group === first));
    if (open === undefined) between.push([one]);
    else open.push(one);
  }
  return [first, ...between, last];
}

const aboutHeaders = ['HeaderContainsMessageHeader', 'HeaderMatchesMessageHeader'];

/** True where no type comes twice and, but for the first of a chain, one about headers is left for the mark. */
const fits = (group: readonly Condition[], isFirst: boolean): boolean => {
  const types = group.map(({ type }) => type);
  return new Set(types).size === types.length && (isFirst || !aboutHeaders.every((type) => types.includes(type)));
};

/** Exceptions that a rule can have itself, those of one type as one, and those that need a mark. */
function sorted(exceptions: readonly (readonly Condition[])[]): {
  readonly direct: readonly Condition[];
  readonly marked: readonly (readonly Condition[])[];
} {
  const direct = new Map<string, Condition>();
  const marked: (readonly Condition[])[] = exceptions.filter((one) => one.length !== 1);
  for (const [one] of exceptions.filter((each) => each.length === 1)) {
    const known = direct.get(one!.type);
    const both = known === undefined ? one : joined(known, one!);
    if (both === undefined) marked.push([one!]);
    else direct.set(one!.type, both);
  }
  const words = direct.get('HeaderContainsMessageHeader');
  if (marked.length === 0 || words === undefined) return { direct: [...direct.values()], marked };
  // The exception about words in a header is that of the mark.
  direct.delete('HeaderContainsMessageHeader');
  return { direct: [...direct.values()], marked: [...marked, [words]] };
}

/** Two exceptions of a type as one that holds where either does: their values together, of one header field. */
function joined(one: Condition, other: Condition): Condition | undefined {
  const values = one.parameters.at(-1)!;
  const more = other.parameters.at(-1)!;
  if (!isList(values.value) || !isList(more.value)) return undefined;
  const [field, otherField] = [one, other].map(({ parameters }) =>
    parameters.length > 1 ? String(parameters[0]!.value).toLowerCase() : '',
  );
  if (field !== otherField) return undefined;
  const all = parameter(values.name, [...new Set([...values.value, ...more.value])]);
  return { type: one.type, parameters: [...one.parameters.slice(0, -1), all] };
}

const isList = (value: Parameter['value']): value is readonly string[] => Array.isArray(value);
