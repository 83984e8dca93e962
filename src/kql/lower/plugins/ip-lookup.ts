import { columnsOf, invalid, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, isLarger, type JoinPlan, type Plan, type Schema } from '../../plan/index.ts';
import type { Environment } from '../environment.ts';
import { named } from '../operators/operator.ts';
import { shared } from '../operators/same.ts';
import { constantArgument, isColumnName } from './arguments.ts';
import type { LowerPlugin } from './plugin.ts';

/** Names that no column of the inputs has: `$` starts none that a person can give without brackets. */
const ADDRESS = '$ip_address';
const NETWORK = '$ip_network';

/** Parts of an input from which on it is computed once: it is read twice, and look-ups stand in lines. */
const LARGE = 100;

/** One call, its arguments read. */
interface Lookup {
  readonly table: Plan;
  readonly source: string;
  readonly network: string;
  readonly extra: readonly string[];
  readonly keepsAll: boolean;
}

/**
 * `ipv4_lookup` and `ipv6_lookup`: https://learn.microsoft.com/kusto/query/ipv4-lookup-plugin. Each address is looked up
 * once, the rows are joined by it: a row for each network that holds the address.
 */
export const lowerIpLookup =
  (kind: 'ipv4' | 'ipv6'): LowerPlugin =>
  (node, given, env) => {
    const input = isLarger(given, LARGE) ? shared(given, env) : given;
    const lookup = lookupOf(node, input, env);
    const { table, source, network, extra } = lookup;
    const pairs: Plan = {
      kind: 'compute',
      operation: 'ip_lookup',
      options: kind,
      inputs: [distinct(input, source), distinct(table, network)],
      schema: [
        { name: ADDRESS, type: 'string' },
        { name: NETWORK, type: 'string' },
      ],
    };
    const found = join('inner', pairs, table, [[NETWORK, network]], [ADDRESS], table.schema);
    const added = table.schema.filter(({ name }) => !extra.includes(name));
    const keys = [[source, ADDRESS], ...extra.map((name) => [name, name])] as [string, string][];
    const names = columnsOf(node);
    const kept = input.schema.map(({ name }) => name);
    if (names.length !== kept.length + added.length) return unsupported(node, `the columns of this ${kind}_lookup`);
    return join(lookup.keepsAll ? 'leftouter' : 'inner', input, found, keys, kept, added, names);
  };

function lookupOf(node: Syntax, input: Plan, env: Environment): Lookup {
  const args = listOf(node.FunctionCall.ArgumentList.Expressions);
  const [table, source, network, ...rest] = args.map((arg) => named(arg));
  if (table === undefined || source === undefined || network === undefined)
    return invalid(node, 'this look-up', 'it needs a table and two columns');
  const lookupTable = env.table(table.expression, env);
  const flags = rest.filter(({ name, expression }) => name === 'return_unmatched' || !isColumnName(expression));
  const extra = rest.filter((item) => !flags.includes(item)).map(({ expression }) => expression);
  for (const item of [...extra, source.expression]) requireColumn(item, input.schema);
  for (const item of [...extra, network.expression]) requireColumn(item, lookupTable.schema);
  for (const { expression } of [source, network]) requireText(expression);
  if (flags.length > 1) return unsupported(flags[1]!.expression, 'this argument of a look-up');
  return {
    table: lookupTable,
    source: String(source.expression.SimpleName),
    network: String(network.expression.SimpleName),
    extra: extra.map((item) => String(item.SimpleName)),
    keepsAll: constantArgument(flags[0]?.expression, env) === true,
  };
}

function requireColumn(node: Syntax, schema: Schema): void {
  const found = isColumnName(node) ? schema.find(({ name }) => name === String(node.SimpleName)) : undefined;
  if (found === undefined) unsupported(node, `a look-up by ${kindOf(node)} that is no column of the table`);
  if (found?.type === 'dynamic') unsupported(node, `the dynamic look-up key ${found.name}`);
}

function requireText(node: Syntax): void {
  const type = node.ResultType?.Name;
  if (type !== 'string') invalid(node, 'the address', `its column is a ${type}, not a string`);
}

/** The values of a column of texts, each once. */
function distinct(input: Plan, name: string): Plan {
  const schema: Schema = [{ name, type: 'string' }];
  return { kind: 'aggregate', input, by: [{ name, value: column(name, 'string') }], aggregates: [], schema };
}

/** An equality join by names; the columns of the result are those named of the left, then those of the right. */
function join(
  joinKind: JoinPlan['joinKind'],
  left: Plan,
  right: Plan,
  keys: readonly (readonly [left: string, right: string])[],
  fromLeft: readonly string[],
  fromRight: Schema,
  names?: Schema,
): Plan {
  const typeIn = (plan: Plan, name: string) => plan.schema.find((candidate) => candidate.name === name)!.type;
  const sides = [
    ...fromLeft.map((name) => ({ side: 'left' as const, column: name, type: typeIn(left, name) })),
    ...fromRight.map(({ name, type }) => ({ side: 'right' as const, column: name, type })),
  ];
  const schema = names ?? sides.map(({ column: name, type }) => ({ name, type }));
  return {
    kind: 'join',
    joinKind,
    left,
    right,
    on: keys.map(([l, r]) => ({ left: column(l, typeIn(left, l)), right: column(r, typeIn(right, r)) })),
    output: sides.map(({ side, column: name }, i) => ({ side, column: name, name: schema[i]!.name })),
    schema,
  };
}
