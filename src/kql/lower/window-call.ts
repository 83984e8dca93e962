import { invalid, listOf, type Syntax, spanOf, typeOf, unsupported } from '../parse/index.ts';
import { column, isSerialized, literal, type Named, type Plan, type Scalar, type WindowCall } from '../plan/index.ts';
import { sequential, windowFunctions } from '../windows/index.ts';
import { convert } from './apply.ts';
import type { Environment } from './environment.ts';
import type { LowerOperator } from './operators/operator.ts';

/** A window function inside an expression: the call goes to a node below, the expression reads its column. */
export function lowerWindowCall(node: Syntax, env: Environment): Scalar {
  const name = String(node.Name.SimpleName);
  if (env.windows === undefined) return unsupported(node, `the window function ${name} here`);
  const args = listOf(node.ArgumentList.Expressions).map((arg) => env.scalar(arg, env));
  return env.windows(node, spelled[name]?.(node, args) ?? callOf(node, name, args));
}

const callOf = (node: Syntax, name: string, args: readonly Scalar[]): WindowCall => ({
  name,
  args,
  type: typeOf(node),
  span: spanOf(node),
});

type Spelled = (node: Syntax, args: readonly Scalar[]) => WindowCall;

const neighbour: Spelled = (node, [value, offset, fallback]) => {
  const type = typeOf(node);
  const places = fallback === undefined ? [] : [convert(node, fallback, type)];
  const by = offset === undefined ? literal('long', 1n) : convert(node, offset, 'long');
  return callOf(node, String(node.Name.SimpleName), [value!, by, ...places]);
};

/** Calls whose arguments the functions of the table take in another form. */
const spelled: Readonly<Record<string, Spelled>> = {
  prev: neighbour,
  next: neighbour,
  row_number: (node, [start, ...rest]) =>
    callOf(node, 'row_number', start === undefined ? [] : [convert(node, start, 'long'), ...rest]),
  row_rank: (node, [term, dense]) =>
    dense === undefined || (dense.kind === 'literal' && dense.value === true)
      ? callOf(node, 'row_rank_dense', [term!])
      : unsupported(node, 'row_rank that is not dense'),
};

/** The window functions that a query may call: those of the table, and `row_rank`, the old name of one. */
export const windowNames: ReadonlySet<string> = new Set([
  ...windowFunctions.map(({ name }) => name),
  ...Object.keys(spelled),
]);

/** An operator whose expressions may call window functions, which are then computed below it. */
export const withWindows =
  (lower: LowerOperator): LowerOperator =>
  (node, input, env) => {
    const windows = new Windows(input);
    const plan = lower(node, input, { ...env, windows: (call, value) => windows.add(call, value) });
    if (windows.plan === input) return plan;
    const based = rebased(plan, input, windows.plan);
    if (based.schema.length === plan.schema.length) return based;
    return { kind: 'project', input: based, columns: named(plan.schema), schema: plan.schema };
  };

const named = (schema: Plan['schema']): Named<Scalar>[] =>
  schema.map(({ name, type }) => ({ name, value: column(name, type) }));

/** A plan with one node below replaced by another that has more columns. */
function rebased(plan: Plan, from: Plan, to: Plan): Plan {
  if (plan === from) return to;
  if (!('input' in plan)) return plan;
  const input = rebased(plan.input, from, to);
  return plan.kind === 'filter' ? { ...plan, input, schema: input.schema } : ({ ...plan, input } as Plan);
}

/** Gathers the window calls of one operator over its input; a call that reads another comes behind it. */
class Windows {
  /** The input with a column for each call so far. */
  plan: Plan;
  readonly #input: Plan;
  #count = 0;

  constructor(input: Plan) {
    this.plan = input;
    this.#input = input;
  }

  add(node: Syntax, value: WindowCall): Scalar {
    if (this.#count === 0) this.#check(node, value);
    this.#count += 1;
    let name = `$window_${this.#count}`;
    while (this.#input.schema.some((taken) => taken.name === name)) name = `$${name}`;
    this.plan = sequential(value) ? this.#computed(name, value) : this.#printed(name, value);
    return column(name, value.type);
  }

  #check(node: Syntax, { name }: WindowCall): void {
    if (!isSerialized(this.#input))
      invalid(node, name, 'the row set must be serialized: put serialize or sort before this operator');
    if (this.#input.schema.some((taken) => taken.name.startsWith('~')))
      unsupported(node, `${name} beside a column whose name begins with ~`);
  }

  #printed(name: string, value: WindowCall): Plan {
    const top = this.plan;
    const isOpen = top !== this.#input && top.kind === 'window';
    const calls = [...(isOpen ? top.calls : []), { name, value }];
    const schema = [...top.schema, { name, type: value.type }];
    return { kind: 'window', input: isOpen ? top.input : top, calls, schema };
  }

  /** The arguments become columns, the operation reads the last ones and puts its result in their place. */
  #computed(name: string, value: WindowCall): Plan {
    const { schema } = this.plan;
    const args = value.args.map((arg, i) => ({ name: `${name}_${i}`, value: arg }));
    const input: Plan = {
      kind: 'project',
      input: this.plan,
      columns: [...named(schema), ...args],
      schema: [...schema, ...args.map(({ name, value }) => ({ name, type: value.type }))],
    };
    const options = { arguments: args.length };
    return {
      kind: 'compute',
      operation: value.name,
      options,
      inputs: [input],
      schema: [...schema, { name, type: value.type }],
    };
  }
}
