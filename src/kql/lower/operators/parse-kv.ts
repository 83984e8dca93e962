import { columnsOf, invalid, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, literal, type Plan, type Scalar } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';

/** The column beside the input's that holds the values' texts. */
const VALUES = '~values';

/** `parse-kv`: https://learn.microsoft.com/kusto/query/parse-kv-operator. The texts are read once, then converted. */
export function lowerParseKv(node: Syntax, input: Plan, env: Environment): Plan {
  const keys = listOf(node.Keys.Columns).map((key) => String(key.Name.SimpleName));
  const there = keys.find((key) => input.schema.some(({ name }) => name === key));
  // as in parse: the binder then knows two columns of that name
  if (there !== undefined) return unsupported(node.Keys, `parse-kv into ${there}, which is there already`);
  const source = convert(node, env.scalar(node.Expression, { ...env, row: input.schema }), 'string');
  const kept = input.schema.filter(({ name }) => name !== VALUES);
  const read: Plan = {
    kind: 'project',
    input,
    columns: [
      ...kept.map(({ name, type }) => ({ name, value: column(name, type) })),
      { name: VALUES, value: valuesOf(node, source, keys) },
    ],
    schema: [...kept, { name: VALUES, type: 'dynamic' }],
  };
  const schema = columnsOf(node);
  const columns = schema.map(({ name, type }) => {
    const at = keys.indexOf(name);
    if (at < 0) return { name, value: column(name, type) };
    const item = apply(node, '[]', 'dynamic', [column(VALUES, 'dynamic'), literal('long', BigInt(at))]);
    return { name, value: convert(node, convert(node, item, 'string'), type) };
  });
  return { kind: 'project', input: read, columns, schema };
}

/** An array: the text of each key's value. */
function valuesOf(node: Syntax, source: Scalar, keys: readonly string[]): Scalar {
  const given = propertiesOf(node);
  const [regex] = given.get('regex') ?? [];
  if (regex !== undefined) {
    if (given.size > 1) return invalid(node, 'parse-kv', 'regex goes with no other property');
    const groups = literal('dynamic', [1n, 2n]);
    const matches = apply(node, 'extract_all', 'dynamic', [literal('string', regex), groups, source]);
    return apply(node, 'parse-kv regex', 'dynamic', [matches, literal('dynamic', [...keys])]);
  }
  const [pair = ''] = given.get('pair_delimiter') ?? [];
  const [kv = ''] = given.get('kv_delimiter') ?? [];
  if ((pair === '') !== (kv === ''))
    return invalid(node, 'parse-kv', 'pair_delimiter and kv_delimiter go together and are not empty');
  const layout = new Map<string, string | boolean | string[]>([
    ['keys', [...keys]],
    ['pair_delimiter', pair],
    ['kv_delimiter', kv],
    ['quote', given.get('quote') ?? []],
    ['escape', given.get('escape') ?? []],
    ['greedy', given.get('greedy')?.[0] === 'true'],
  ]);
  return apply(node, 'parse-kv', 'dynamic', [source, literal('dynamic', layout)]);
}

/** How many characters a property may have. */
const lengths: Readonly<Record<string, readonly [number, number]>> = { quote: [1, 2], escape: [1, 1] };

/** What stands after `with`, by name; some may be repeated. */
function propertiesOf(node: Syntax): ReadonlyMap<string, string[]> {
  const found = new Map<string, string[]>();
  for (const property of listOf(node.WithClause?.Properties)) {
    const name = String(property.Name.SimpleName);
    const value = property.Expression;
    const text = kindOf(value) === 'BooleanLiteralExpression' ? String(value).trim() : String(value.LiteralValue);
    const [least, most] = lengths[name] ?? [0, Number.POSITIVE_INFINITY];
    if (text.length < least || text.length > most)
      return invalid(
        property,
        `parse-kv ${name}`,
        `it must have ${least === most ? least : `${least} or ${most}`} characters`,
      );
    found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}
