import type { KqlType, Value } from '../../../values/index.ts';
import {
  type AutoclusterOptions,
  type BasketOptions,
  type DiffpatternsOptions,
  type MiningOptions,
  miningOptions,
} from '../../compute/index.ts';
import { columnsOf, invalid, type Syntax } from '../../parse/index.ts';
import { column, type Plan, type Scalar } from '../../plan/index.ts';
import { apply } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { argumentsOf, constantArgument, isColumnName, type PluginArguments } from './arguments.ts';
import type { LowerPlugin } from './plugin.ts';

/** Stands for an argument that keeps its default. */
const DEFAULT = '~';
const MAX_SEEDS = 1_000;
/** A name that no column of the input has. */
const SPLIT = '$split_value';

/** `autocluster`: https://learn.microsoft.com/kusto/query/autocluster-plugin. */
export const lowerAutocluster: LowerPlugin = (node, input, env) => {
  const args = argumentsOf(node, ['SizeWeight', 'WeightColumn', 'NumSeeds']);
  const options: AutoclusterOptions = {
    ...miningOf(args, input, env),
    sizeWeight: numberIn(args, 'SizeWeight', [0, 1], 0.5, env),
    seeds: numberIn(args, 'NumSeeds', [1, MAX_SEEDS], 25, env),
  };
  return compute(node, 'autocluster', input, options);
};

/** `basket`: https://learn.microsoft.com/kusto/query/basket-plugin. */
export const lowerBasket: LowerPlugin = (node, input, env) => {
  const args = argumentsOf(node, ['Threshold', 'WeightColumn', 'MaxDimensions']);
  const options: BasketOptions = {
    ...miningOf(args, input, env),
    threshold: numberIn(args, 'Threshold', [0.015, 1], 0.05, env),
    maxDimensions: numberIn(args, 'MaxDimensions', [1, Number.MAX_SAFE_INTEGER], 5, env),
  };
  return compute(node, 'basket', input, options);
};

/** `diffpatterns`: https://learn.microsoft.com/kusto/query/diffpatterns-plugin. */
export const lowerDiffpatterns: LowerPlugin = (node, input, env) => {
  const names = ['SplitColumn', 'SplitValueA', 'SplitValueB', 'WeightColumn', 'Threshold', 'MaxDimensions'];
  const args = argumentsOf(node, names);
  const split = columnAt(args.given.get('SplitColumn'), node, input);
  const base = miningOf(args, input, env);
  const sets = ['SplitValueA', 'SplitValueB'].map((name) => textOf(args.given.get(name), node, env)) as [
    string,
    string,
  ];
  if (sets[0] === sets[1]) return invalid(node, 'diffpatterns', 'the two values must differ');
  const options: DiffpatternsOptions = {
    ...base,
    dimensions: base.dimensions.filter((at) => at !== split),
    threshold: numberIn(args, 'Threshold', [0.015, 1], 0.05, env),
    maxDimensions: numberIn(args, 'MaxDimensions', [1, Number.MAX_SAFE_INTEGER], Number.MAX_SAFE_INTEGER, env),
    split: input.schema.length,
    sets,
  };
  return compute(node, 'diffpatterns', withSplit(node, input, split), options);
};

const compute = (node: Syntax, operation: string, input: Plan, options: MiningOptions): Plan => ({
  kind: 'compute',
  operation,
  options: miningOptions(options),
  inputs: [input],
  schema: columnsOf(node),
});

/** What all three take: the weight column, which is no dimension, and the wildcards behind the named arguments. */
function miningOf(args: PluginArguments, input: Plan, env: Environment): MiningOptions {
  const given = args.given.get('WeightColumn');
  const weight = isDefault(given, env) ? undefined : columnAt(given, given, input);
  const type = weight === undefined ? 'long' : input.schema[weight]!.type;
  if (!['int', 'long', 'real', 'decimal'].includes(type))
    return invalid(given, 'WeightColumn', `its column is a ${type}, not a number`);
  const custom = new Map<KqlType, Value>();
  for (const node of args.rest) {
    const scalar = env.scalar(node, env);
    if (scalar.kind !== 'literal') return invalid(node, 'CustomWildcard', 'it must be a constant');
    if (scalar.value !== DEFAULT) custom.set(scalar.type, scalar.value);
  }
  return {
    dimensions: input.schema.map((_, at) => at).filter((at) => at !== weight),
    weight,
    wildcards: input.schema.map(({ type }) => custom.get(type) ?? (type === 'string' ? '' : null)),
  };
}

/** True for an argument that was left out or is `~`. */
const isDefault = (node: Syntax | undefined, env: Environment): boolean =>
  node === undefined || (!isColumnName(node) && constantArgument(node, env) === DEFAULT);

function columnAt(node: Syntax | undefined, whole: Syntax, input: Plan): number {
  const at =
    node !== undefined && isColumnName(node)
      ? input.schema.findIndex(({ name }) => name === String(node.SimpleName))
      : -1;
  return at >= 0 ? at : invalid(node ?? whole, 'this argument', 'it must be the name of a column');
}

function numberIn(
  args: PluginArguments,
  name: string,
  [least, most]: readonly [number, number],
  fallback: number,
  env: Environment,
): number {
  const node = args.given.get(name);
  if (isDefault(node, env)) return fallback;
  const value = Number(constantArgument(node, env) ?? Number.NaN);
  return value >= least && value <= most ? value : invalid(node, name, `it must be a number from ${least} to ${most}`);
}

/** A constant as the text that the split column is compared with. */
function textOf(node: Syntax | undefined, whole: Syntax, env: Environment): string {
  if (node === undefined) return invalid(whole, 'diffpatterns', 'it needs two values of the split column');
  const text = apply(node, 'tostring', 'string', [env.scalar(node, env)]);
  return text.kind === 'literal'
    ? String(text.value)
    : invalid(node, 'a value of the split column', 'it must be a constant');
}

/** The input, and behind it the text of the split column. */
function withSplit(node: Syntax, input: Plan, at: number): Plan {
  const { name, type } = input.schema[at]!;
  const value: Scalar = apply(node, 'tostring', 'string', [column(name, type)]);
  return {
    kind: 'project',
    input,
    columns: [
      ...input.schema.map((own) => ({ name: own.name, value: column(own.name, own.type) })),
      { name: SPLIT, value },
    ],
    schema: [...input.schema, { name: SPLIT, type: 'string' }],
  };
}
