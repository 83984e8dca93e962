import type { CallScalar, Scalar } from '../../../kql/index.ts';
import type { Value } from '../../../values/index.ts';
import { keyOf } from './key.ts';
import { ANY, both, either, negated, type Truths, truthOf, untrue } from './truth.ts';

/** A predicate as a formula over atoms: what is neither `and`, `or` nor `not`. */
export type Formula =
  | { readonly kind: 'constant'; readonly truths: Truths }
  | { readonly kind: 'atom'; readonly key: string; readonly scalar: Scalar }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Formula[] }
  | { readonly kind: 'not' | 'untrue'; readonly part: Formula };

/** The name of a call that only this room makes: true where its argument is false or null. */
const UNTRUE = '\u0001untrue';

export const untrueOf = (scalar: Scalar): CallScalar => ({ kind: 'call', name: UNTRUE, type: 'bool', args: [scalar] });

/** The formula of a predicate. What says the same about texts is brought into one form: `x !has "a"` is `not(x has "a")`. */
export function formulaOf(scalar: Scalar): Formula {
  if (scalar.kind === 'literal' && scalar.type === 'bool') return { kind: 'constant', truths: truthOf(scalar.value) };
  if (scalar.kind !== 'call') return atom(scalar);
  const { name, args } = scalar;
  if (name === 'and' || name === 'or') return { kind: name, parts: args.map(formulaOf) };
  if (name === 'not' && args[0]?.type === 'bool') return { kind: 'not', part: formulaOf(args[0]) };
  if (name === UNTRUE) return { kind: 'untrue', part: formulaOf(args[0]!) };
  return args[0]?.type === 'string' || args[1]?.type === 'string' ? formulaOfTexts(scalar) : atom(scalar);
}

const atom = (scalar: Scalar): Formula => ({ kind: 'atom', key: keyOf(scalar), scalar });

/** A predicate over texts, which are never null: its negation is its opposite. */
function formulaOfTexts(call: CallScalar): Formula {
  const { name, args } = call;
  const [first, ...rest] = args;
  if (name === 'isnull' || name === 'isnotnull') return { kind: 'constant', truths: truthOf(name === 'isnotnull') };
  const opposite = opposites.get(name);
  if (opposite !== undefined && areTexts(args)) return { kind: 'not', part: formulaOf({ ...call, name: opposite }) };
  if ((name === '==' || name === '=~') && first?.kind === 'literal' && rest[0]?.kind !== 'literal')
    return formulaOf({ ...call, args: [rest[0]!, first] });
  const members = first?.kind === 'literal' ? undefined : textsOf(rest);
  if (members !== undefined && members.length > 0 && (name === 'has_any' || name === 'has_all')) {
    const parts = members.map((text) => atom(has(call, first!, text)));
    return { kind: name === 'has_any' ? 'or' : 'and', parts };
  }
  return atom(call);
}

const has = (call: CallScalar, value: Scalar, text: string): CallScalar => ({
  ...call,
  name: 'has',
  args: [value, { kind: 'literal', type: 'string', value: text }],
});

const positives = ['has', 'has_cs', 'contains', 'contains_cs', 'startswith', 'startswith_cs', 'endswith'];
const more = ['endswith_cs', 'hasprefix', 'hasprefix_cs', 'hassuffix', 'hassuffix_cs', 'in', 'in~'];
const opposites = new Map([
  ...[...positives, ...more].map((name): [string, string] => [`!${name}`, name]),
  ['!=', '=='],
  ['!~', '=~'],
  ['isnotempty', 'isempty'],
]);

const areTexts = (args: readonly Scalar[]): boolean =>
  args.every(({ type }, i) => type === 'string' || (i > 0 && type === 'dynamic' && args[i]!.kind === 'literal'));

/** The texts that the members of a list say, arrays flattened; undefined where one is no constant text. */
export function textsOf(members: readonly Scalar[]): string[] | undefined {
  const values = members.flatMap((member): readonly (Value | undefined)[] => {
    if (member.kind !== 'literal') return [undefined];
    return Array.isArray(member.value) ? member.value : [member.value];
  });
  return values.every((value) => typeof value === 'string') ? (values as string[]) : undefined;
}

/** The atoms of a formula, each once. */
export function atomsOf(formula: Formula, into: Map<string, Scalar> = new Map()): Map<string, Scalar> {
  if (formula.kind === 'atom') into.set(formula.key, formula.scalar);
  if ('parts' in formula) for (const part of formula.parts) atomsOf(part, into);
  if ('part' in formula) atomsOf(formula.part, into);
  return into;
}

/** What a formula can be where atoms can be what `truths` says. */
export function truthsOf(formula: Formula, truths: ReadonlyMap<string, Truths>): Truths {
  switch (formula.kind) {
    case 'constant':
      return formula.truths;
    case 'atom':
      return truths.get(formula.key) ?? ANY;
    case 'not':
      return negated(truthsOf(formula.part, truths));
    case 'untrue':
      return untrue(truthsOf(formula.part, truths));
    default: {
      const parts = formula.parts.map((part) => truthsOf(part, truths));
      return parts.reduce(formula.kind === 'and' ? both : either, formula.kind === 'and' ? 1 : 2);
    }
  }
}
