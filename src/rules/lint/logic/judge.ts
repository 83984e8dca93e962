import type { CallScalar, Scalar } from '../../../kql/index.ts';
import { canBeTrue, possible } from './decide.ts';
import type { Onlooker, Rows } from './flow.ts';
import { textsOf, untrueOf } from './formula.ts';
import { keyOf } from './key.ts';
import { type Leaves, leavesIn } from './leaves.ts';
import { NULL, TRUE, type Truths } from './truth.ts';

/** Something that is certain of a predicate in the text. The call is over leaves and has the place where it is written. */
export type Judgement =
  /** The predicate is true on no row, or on each. */
  | { readonly kind: 'never' | 'always'; readonly call: CallScalar }
  /** A member of its list equals or is found in nothing that the value can be, while others may be. */
  | { readonly kind: 'dead member'; readonly call: CallScalar; readonly member: string }
  /** Its parts, each of which can be true, cannot be so together; a pair of them where two suffice. */
  | { readonly kind: 'contradiction'; readonly call: CallScalar; readonly pair?: readonly [Scalar, Scalar] }
  /** What has been filtered before leaves no row for which it is true. */
  | { readonly kind: 'excluded'; readonly call: CallScalar }
  /** Its parts, none of which is always true, leave no row out together. */
  | { readonly kind: 'tautology'; readonly call: CallScalar }
  /** A condition of `case` that holds for no row which the filters and the conditions before it leave. */
  | { readonly kind: 'unreachable'; readonly call: CallScalar }
  /** An `extract` that finds nothing in what its text can be. */
  | { readonly kind: 'blind'; readonly call: CallScalar };

/** Which predicate is asked about one member of a list. */
const ofMember: Readonly<Record<string, string>> = {
  in: '==',
  'in~': '=~',
  '!in': '==',
  '!in~': '=~',
  has_any: 'has',
};

/** So many of the filters before it are held against a predicate, the last ones. */
const MAX_KNOWN = 24;

/** In a list of more members, a feed, nobody asks about a single one. */
const MAX_MEMBERS = 500;

/** Judges the predicates of a query as its rows are followed. */
export class Judge implements Onlooker {
  readonly #leaves: Leaves;
  readonly #resolve: (scalar: Scalar, rows: Rows) => Scalar;
  readonly #truths = new Map<string, Truths>();
  /** By place and kind: how often it was looked at, and what was found. */
  readonly #looks = new Map<string, number>();
  readonly #found = new Map<string, { judgement: Judgement; times: number }>();

  constructor(leaves: Leaves, resolve: (scalar: Scalar, rows: Rows) => Scalar) {
    this.#leaves = leaves;
    this.#resolve = resolve;
  }

  /** What is certain wherever the text is used: a function's body can be right for one call and wrong for another. */
  get judgements(): Judgement[] {
    const found = [...this.#found.values()];
    return found
      .filter(({ judgement, times }) => times === this.#looks.get(placeOf(judgement.call)))
      .map((one) => one.judgement);
  }

  filter(predicate: Scalar, rows: Rows): readonly Scalar[] {
    this.#lookForExtracts(predicate, rows);
    const resolved = this.#resolve(predicate, rows);
    const related = this.#related(resolved, rows.known);
    const isDead = this.#explore(resolved, related, false) > 0 && !canBeTrue(resolved, related, this.#leaves);
    // what follows an empty filter is not to be told again and again
    return isDead || resolved.kind === 'literal' ? rows.known : [...rows.known, resolved];
  }

  value(scalar: Scalar, rows: Rows): void {
    if (scalar.kind !== 'call') return;
    if (scalar.name === 'case') this.#exploreCase(scalar, rows);
    if (scalar.name === 'extract') this.#exploreExtract(scalar, rows);
    if (scalar.type !== 'bool') {
      for (const arg of scalar.args) this.value(arg, rows);
      return;
    }
    this.#lookForExtracts(scalar, rows);
    // that a column says the same on each row which a filter has left is no mistake
    this.#explore(this.#resolve(scalar, rows), [], false);
  }

  #lookForExtracts(scalar: Scalar, rows: Rows): void {
    if (scalar.kind !== 'call') return;
    if (scalar.name === 'extract') this.#exploreExtract(scalar, rows);
    for (const arg of scalar.args) this.#lookForExtracts(arg, rows);
  }

  /** A pattern that is found in nothing of what a bag or a list of values holds. */
  #exploreExtract(scalar: CallScalar, rows: Rows): void {
    const call = this.#resolve(scalar, rows);
    if (call.kind !== 'call' || call.type !== 'string' || leavesIn(call).size !== 1) return;
    this.#look(call);
    const isFound: CallScalar = { kind: 'call', name: 'isnotempty', type: 'bool', args: [call] };
    if ((this.#truthsOf(isFound) & TRUE) === 0) this.#report({ kind: 'blind', call });
  }

  /** Each condition of `case` stands behind those before it. */
  #exploreCase({ args }: CallScalar, rows: Rows): void {
    const before: Scalar[] = [];
    for (let i = 0; i + 1 < args.length; i += 2) {
      const condition = this.#resolve(args[i]!, rows);
      const known = this.#related(condition, rows.known);
      const isLeft = canBeTrue(condition, [...known, ...before], this.#leaves);
      if (condition.kind === 'call' && !isLeft && canBeTrue(condition, [], this.#leaves))
        this.#report({ kind: 'unreachable', call: condition });
      before.push(untrueOf(condition));
    }
  }

  /** What is known and speaks of something that the predicate speaks of. */
  #related(predicate: Scalar, known: readonly Scalar[]): Scalar[] {
    const leaves = leavesIn(predicate);
    const related = known.filter((scalar) => [...leavesIn(scalar)].some((leaf) => leaves.has(leaf)));
    return related.slice(-MAX_KNOWN);
  }

  /** Looks at a predicate and its parts; gives how much was found. */
  #explore(scalar: Scalar, known: readonly Scalar[], isNegated: boolean): number {
    if (scalar.kind !== 'call' || leavesIn(scalar).size === 0) return 0;
    this.#look(scalar);
    const { name, args } = scalar;
    if (name === 'not' && args[0]?.type === 'bool') return this.#explore(args[0], known, !isNegated);
    if (name !== 'and' && name !== 'or') return this.#exploreAtom(scalar, known, isNegated);
    const found = args.reduce((sum, arg) => sum + this.#explore(arg, known, isNegated), 0);
    return found > 0 ? found : this.#exploreWhole(scalar, known, isNegated);
  }

  #exploreWhole(call: CallScalar, known: readonly Scalar[], isNegated: boolean): number {
    // a switch that a `let` sets is meant to leave out the rest
    if (call.args.some(({ kind }) => kind === 'literal')) return 0;
    if (!canBeTrue(call, [], this.#leaves)) {
      const pair = call.name === 'and' ? this.#pairOf(call) : undefined;
      return this.#report({ kind: 'contradiction', call, ...(pair && { pair }) });
    }
    if (this.#truthsOf(call) === TRUE) return this.#report({ kind: 'tautology', call });
    if (!isNegated && known.length > 0 && !canBeTrue(call, known, this.#leaves))
      return this.#report({ kind: 'excluded', call });
    return 0;
  }

  #pairOf({ args }: CallScalar): readonly [Scalar, Scalar] | undefined {
    for (const [i, a] of args.entries())
      for (const b of args.slice(i + 1)) if (!canBeTrue(a, [b], this.#leaves)) return [a, b];
    return undefined;
  }

  #exploreAtom(call: CallScalar, known: readonly Scalar[], isNegated: boolean): number {
    const truths = this.#truthsOf(call);
    if ((truths & TRUE) === 0) return truths === NULL ? 0 : this.#report({ kind: 'never', call });
    if (truths === TRUE) return this.#report({ kind: 'always', call });
    const dead = this.#deadMembers(call);
    for (const member of dead) this.#report({ kind: 'dead member', call, member });
    if (!isNegated && known.length > 0 && !canBeTrue(call, known, this.#leaves))
      return this.#report({ kind: 'excluded', call });
    return 0;
  }

  #deadMembers(call: CallScalar): string[] {
    const name = ofMember[call.name];
    const members = textsOf(call.args.slice(1)) ?? [];
    if (name === undefined || members.length < 2 || members.length > MAX_MEMBERS) return [];
    return [...new Set(members)].filter((text) => {
      const one: CallScalar = {
        ...call,
        name,
        args: [call.args[0]!, { kind: 'literal', type: 'string', value: text }],
      };
      return (this.#truthsOf(one) & TRUE) === 0;
    });
  }

  /** What a predicate can be on any row. */
  #truthsOf(scalar: Scalar): Truths {
    const key = keyOf(scalar);
    const truths = this.#truths.get(key) ?? possible(scalar, [], this.#leaves);
    this.#truths.set(key, truths);
    return truths;
  }

  #look(call: CallScalar): void {
    const place = placeOf(call);
    this.#looks.set(place, (this.#looks.get(place) ?? 0) + 1);
  }

  #report(judgement: Judgement): number {
    const key = `${placeOf(judgement.call)} ${judgement.kind} ${'member' in judgement ? judgement.member : ''}`;
    const times = (this.#found.get(key)?.times ?? 0) + 1;
    this.#found.set(key, { judgement, times });
    return 1;
  }
}

const placeOf = ({ span, name }: CallScalar): string => `${span?.start} ${span?.length} ${name}`;
