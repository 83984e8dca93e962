import type { Column, Dynamic, KqlType } from '../../../values/index.ts';
import { columnsOf, invalid, type Syntax, unsupported } from '../../parse/index.ts';
import { column, literal, type Plan, type Scalar } from '../../plan/index.ts';
import type { LearnedColumn, Question } from '../../stages/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { argumentsOf, constantArgument, isColumnName } from './arguments.ts';
import type { LowerPlugin } from './plugin.ts';
import { schemaClause } from './schema-clause.ts';

/** Columns that one call may make; Kusto's own limit is far, a table of so many is no use to anybody. */
const MAX_COLUMNS = 1_000;
/** The longest name of an entity in Kusto. */
const MAX_NAME = 1_024;

const conflicts = ['error', 'replace_source', 'keep_source'];

/** One call, its arguments read. */
interface Unpacking {
  readonly node: Syntax;
  /** The columns of the input, without the bag. */
  readonly source: readonly Column[];
  readonly bag: Scalar;
  readonly prefix: string;
  readonly conflict: string;
  readonly ignored: ReadonlySet<string>;
}

/** `bag_unpack`: https://learn.microsoft.com/kusto/query/bag-unpack-plugin. */
export const lowerBagUnpack: LowerPlugin = (node, input, env) => {
  const unpacking = unpackingOf(node, input, env);
  const clause = schemaClause(node, question(unpacking, input), env);
  const own = new Map(unpacking.source.map(({ name, type }) => [name, type]));
  const schema = columnsOf(node);
  if (schema.length === 0) return invalid(node, 'bag_unpack', 'no bag has a key, so the result has no columns');
  const columns = schema.map(({ name, type }) => {
    const known = clause.learned?.get(name);
    const fromBag = known?.fromData ?? isFromBag(unpacking, name, clause.names.has(name), clause.star, own);
    if (fromBag) return { name, value: slot(unpacking, name, type) };
    if (own.get(name) !== type) return invalid(node, `the column ${name}`, `it is a ${own.get(name)} in the input`);
    return { name, value: column(name, type) };
  });
  return { kind: 'project', input, columns, schema };
};

function unpackingOf(node: Syntax, input: Plan, env: Environment): Unpacking {
  const { given, rest } = argumentsOf(node, ['column', 'OutputColumnPrefix', 'columnsConflict', 'ignoredProperties']);
  const bag = given.get('column');
  if (rest[0] !== undefined) return unsupported(rest[0], 'this argument of bag_unpack');
  if (bag === undefined || !isColumnName(bag))
    return invalid(node, 'bag_unpack', 'its first argument must be a column');
  const conflict = String(constantArgument(given.get('columnsConflict'), env) ?? 'error');
  if (!conflicts.includes(conflict))
    return invalid(given.get('columnsConflict'), 'columnsConflict', `it must be one of ${conflicts.join(', ')}`);
  const ignored = constantArgument(given.get('ignoredProperties'), env) ?? [];
  if (!Array.isArray(ignored))
    return invalid(given.get('ignoredProperties'), 'ignoredProperties', 'it must be a dynamic array of names');
  const value = env.scalar(bag, env);
  return {
    node,
    source: input.schema.filter(({ name }) => name !== String(bag.SimpleName)),
    bag: value.type === 'dynamic' ? value : invalid(bag, 'bag_unpack', `the column is a ${value.type}, not a dynamic`),
    prefix: String(constantArgument(given.get('OutputColumnPrefix'), env) ?? ''),
    conflict,
    ignored: new Set(ignored.map((name: Dynamic) => String(name))),
  };
}

/** Where a person names a column that the input has too, the choice must be clear. */
function isFromBag(
  { node, conflict }: Unpacking,
  name: string,
  isWritten: boolean,
  star: boolean,
  own: ReadonlyMap<string, KqlType>,
): boolean {
  if (!own.has(name)) return true;
  if (!isWritten || conflict === 'keep_source') return false;
  if (star === (conflict === 'replace_source')) return star;
  const text = star ? 'the input has it already; say columnsConflict' : 'write * for the columns of the input';
  return invalid(node.Schema, `the column ${name}`, text);
}

/** The value of a slot under the name of its column. */
function slot({ node, bag, prefix, ignored }: Unpacking, name: string, type: KqlType): Scalar {
  const key = name.startsWith(prefix) ? name.slice(prefix.length) : undefined;
  if (key === undefined || ignored.has(key)) return literal(type, type === 'string' ? '' : null);
  return convert(node, apply(node, '[]', 'dynamic', [bag, literal('string', key)]), type);
}

/** Which keys the bags have, and what kinds of values under each. */
function question(unpacking: Unpacking, input: Plan): Question {
  const { node, bag } = unpacking;
  const isBag = apply(node, '==', 'bool', [apply(node, 'gettype', 'string', [bag]), literal('string', 'dictionary')]);
  const bags: Plan = { kind: 'filter', input, predicate: isBag, schema: input.schema };
  const one: Plan = {
    kind: 'project',
    input: bags,
    columns: [{ name: 'bag', value: bag }],
    schema: [{ name: 'bag', type: 'dynamic' }],
  };
  const pairs: Plan = {
    kind: 'expand',
    input: one,
    items: [{ name: 'pair', value: column('bag', 'dynamic') }],
    pairs: true,
    index: undefined,
    limit: undefined,
    schema: [...one.schema, { name: 'pair', type: 'dynamic' }],
  };
  const part = (at: bigint): Scalar => apply(node, '[]', 'dynamic', [column('pair', 'dynamic'), literal('long', at)]);
  const schema = [
    { name: 'key', type: 'string' },
    { name: 'kind', type: 'string' },
  ] as const;
  const distinct: Plan = {
    kind: 'aggregate',
    input: pairs,
    by: [
      { name: 'key', value: apply(node, 'tostring', 'string', [part(0n)]) },
      { name: 'kind', value: apply(node, 'gettype', 'string', [part(1n)]) },
    ],
    aggregates: [],
    schema,
  };
  const plan: Plan = { kind: 'take', input: distinct, count: MAX_COLUMNS * kindsOfValue.size + 1, schema };
  return { plan, columns: (rows) => unpackedColumns(unpacking, rows) };
}

/** The kinds of values, by `gettype`, and the column that values of one kind make. */
const kindsOfValue: ReadonlyMap<string, KqlType> = new Map([
  ['string', 'string'],
  ['bool', 'bool'],
  ['long', 'long'],
  ['double', 'real'],
  ['array', 'dynamic'],
  ['dictionary', 'dynamic'],
]);

/** The columns of the input, then those of the keys in the order of their names; values of several kinds are dynamic. */
function unpackedColumns(unpacking: Unpacking, rows: readonly (readonly string[])[]): LearnedColumn[] {
  const { prefix, ignored, source, conflict } = unpacking;
  const types = new Map<string, KqlType>();
  for (const [key = '', kind = ''] of rows) {
    const type = kindsOfValue.get(kind);
    if (type === undefined || ignored.has(key)) continue;
    const name = checkedName(unpacking, `${prefix}${key}`);
    types.set(name, types.has(name) ? 'dynamic' : type);
  }
  if (types.size > MAX_COLUMNS)
    return invalid(unpacking.node, 'bag_unpack', `the bags have more than ${MAX_COLUMNS} keys`);
  const kept = source.map((own): LearnedColumn => {
    const type = types.get(own.name);
    types.delete(own.name);
    if (type !== undefined && conflict === 'error') return clash(unpacking, own.name);
    return type === undefined || conflict === 'keep_source'
      ? { ...own, fromData: false }
      : { name: own.name, type, fromData: true };
  });
  const added = [...types].sort(([a], [b]) => (a < b ? -1 : 1));
  return [...kept, ...added.map(([name, type]) => ({ name, type, fromData: true }))];
}

const clash = ({ node }: Unpacking, name: string): never =>
  invalid(node, 'bag_unpack', `the key ${name} is a column of the input already; say columnsConflict or a prefix`);

function checkedName({ node }: Unpacking, name: string): string {
  if (name.trim() === '')
    return invalid(node, 'bag_unpack', 'a bag has an empty key, which cannot be a column; say a prefix');
  if (name.length > MAX_NAME)
    return invalid(node, 'bag_unpack', `a key has more than ${MAX_NAME} characters, which cannot be a column`);
  return name;
}
