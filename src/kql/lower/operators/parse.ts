import { columnsOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, literal, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { parameterOf } from './operator.ts';
import { type Captured, type ColumnPart, captured, dialectOf, readParts } from './parse-pattern.ts';

/**
 * `parse`: https://learn.microsoft.com/kusto/query/parse-operator. Where a text is not found all columns are null, and
 * where a value does not conform with its type too: all of them, but in kind relaxed only that one.
 */
export function lowerParse(node: Syntax, input: Plan, env: Environment): Plan {
  const parsed = parse(node, input, env);
  const relaxed = parameterOf(node, 'kind') === 'relaxed';
  const holds = column(relaxed ? FOUND : CONFORMS, 'bool');
  const taken = new Map(
    parsed.columns.map(({ name, value }) => [
      name,
      apply(node, 'iff', value.type, [holds, value, literal(value.type, value.type === 'string' ? '' : null)]),
    ]),
  );
  return replaced(parsed.plan, taken, columnsOf(node));
}

/** `parse-where`: only the rows in which everything was found and conforms with its type. */
export function lowerParseWhere(node: Syntax, input: Plan, env: Environment): Plan {
  if (parameterOf(node, 'kind') === 'relaxed') return unsupported(node, 'parse-where kind=relaxed');
  const { plan, columns: taken } = parse(node, input, env);
  const rows: Plan = { kind: 'filter', input: plan, predicate: column(CONFORMS, 'bool'), schema: plan.schema };
  return replaced(rows, new Map(taken.map(({ name, value }) => [name, value])), columnsOf(node));
}

/** The columns of the result: some computed, the others as they are. */
function replaced(input: Plan, by: ReadonlyMap<string, Scalar>, schema: Schema): Plan {
  const columns = schema.map(({ name, type }) => ({ name, value: by.get(name) ?? column(name, type) }));
  return { kind: 'project', input, columns, schema };
}

/** Columns beside the input's; all names that begin with `~` are kept for these. Whether all texts were found, and all types conform. */
const FOUND = '~found';
const CONFORMS = '~conforms';
/** What stands where a column of the pattern is: its text, then its value. */
const held = ({ name }: ColumnPart): string => `~~${name}`;

/** The input with the two columns above, and what each parsed column reads from it. */
function parse(node: Syntax, input: Plan, env: Environment): { plan: Plan; columns: Named<Scalar>[] } {
  if (input.schema.some(({ name }) => name.startsWith('~')))
    return unsupported(node, 'parse beside a column whose name begins with ~');
  const dialect = dialectOf(kindOfParse(node), flagsOf(node));
  const parts = readParts(node, columnsOf(node));
  const source = convert(node, env.scalar(node.Expression, { ...env, row: input.schema }), 'string');
  const extract = ({ regex, group }: Captured): Scalar =>
    apply(node, 'extract', 'string', [literal('string', regex), literal('long', BigInt(group)), source]);
  const found = apply(node, 'matches regex', 'bool', [source, literal('string', captured(parts, dialect).regex)]);
  const taken = parts.filter((part) => part.kind === 'column');
  for (const part of taken) requireReadable(node, part, input.schema);
  const texts = taken.map((part) => ({ name: held(part), value: extract(captured(parts, dialect, part)) }));
  const values = taken.map((part) => ({
    name: held(part),
    value: convert(node, column(held(part), 'string'), part.type),
  }));
  const columns = taken.map((part) => ({ name: part.name, value: column(held(part), part.type) }));
  const conform = columns
    .filter(({ value }) => value.type !== 'string' && value.type !== 'dynamic')
    .map(({ value }) => apply(node, 'isnotnull', 'bool', [value]));
  const conforms = apply(node, 'and', 'bool', [column(FOUND, 'bool'), ...conform]);
  // one after the other, so that each text is read and converted once
  const read = beside(input, input.schema, [{ name: FOUND, value: found }, ...texts]);
  const converted = beside(read, [...input.schema, { name: FOUND, type: 'bool' }], values);
  return { plan: beside(converted, converted.schema, [{ name: CONFORMS, value: conforms }]), columns };
}

function requireReadable(node: Syntax, { name, type, open }: ColumnPart, schema: Schema): void {
  if (open && type === 'dynamic') unsupported(node, 'a dynamic column before * in a parse pattern');
  // the binder then knows two columns of that name, and what follows would read the wrong one
  if (schema.some((one) => one.name === name)) unsupported(node, `parse into ${name}, which is there already`);
}

/** Columns of a plan, and further ones computed from it. */
function beside(input: Plan, schema: Schema, added: readonly Named<Scalar>[]): Plan {
  const kept = schema.map(({ name, type }) => ({ name, value: column(name, type) }));
  const types = added.map(({ name, value }) => ({ name, type: value.type }));
  return { kind: 'project', input, columns: [...kept, ...added], schema: [...schema, ...types] };
}

const kinds = ['simple', 'relaxed', 'regex'];

function kindOfParse(node: Syntax): string {
  const kind = parameterOf(node, 'kind') ?? 'simple';
  return kinds.includes(kind) ? kind : unsupported(node, `parse kind=${kind}`);
}

/** `flags=Ui`, letters as they stand. */
function flagsOf(node: Syntax): string {
  const parameter = listOf(node.Parameters).find((item) => String(item.Name.SimpleName).toLowerCase() === 'flags');
  if (parameter === undefined) return '';
  const flags = String(parameter.Expression).trim();
  const isRegex = kindOfParse(node) === 'regex';
  return isRegex && /^[imsU]+$/.test(flags) ? flags : unsupported(parameter, `parse with flags=${flags}`);
}
