import type { KqlType } from '../../../values/index.ts';
import { columnsOf, kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import { column, literal, type Named, type Plan, type Scalar, type Schema } from '../../plan/index.ts';
import { apply, convert } from '../apply.ts';
import type { Environment } from '../environment.ts';
import { parameterOf } from './operator.ts';

/** A part of a pattern: a text to find, a column for what stands there, or `*` for anything. */
type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'column'; readonly name: string; readonly type: KqlType; readonly whole: boolean }
  | { readonly kind: 'star' };

/**
 * `parse`: https://learn.microsoft.com/kusto/query/parse-operator, kinds simple and relaxed. A text is found at
 * its first place behind the one before it; where a value there does not conform with its type, no later place is tried.
 */
export function lowerParse(node: Syntax, input: Plan, env: Environment): Plan {
  const parsed = parse(node, input, env);
  const relaxed = parameterOf(node, 'kind') === 'relaxed';
  const holds = relaxed ? column(FOUND, 'bool') : column(CONFORMS, 'bool');
  const taken = new Map(parsed.columns.map(({ name, value }) => [name, value]));
  const schema = columnsOf(node);
  const columns = schema.map(({ name, type }) => {
    const value = taken.get(name);
    if (value === undefined) return { name, value: column(name, type) };
    return { name, value: apply(node, 'iff', type, [holds, value, literal(type, type === 'string' ? '' : null)]) };
  });
  return { kind: 'project', input: parsed.plan, columns, schema };
}

/** `parse-where`: only the rows in which everything was found and conforms with its type. */
export function lowerParseWhere(node: Syntax, input: Plan, env: Environment): Plan {
  if (parameterOf(node, 'kind') === 'relaxed') return unsupported(node, 'parse-where kind=relaxed');
  const { plan, columns: taken } = parse(node, input, env);
  const rows: Plan = { kind: 'filter', input: plan, predicate: column(CONFORMS, 'bool'), schema: plan.schema };
  const values = new Map(taken.map(({ name, value }) => [name, value]));
  const schema = columnsOf(node);
  const columns = schema.map(({ name, type }) => ({ name, value: values.get(name) ?? column(name, type) }));
  return { kind: 'project', input: rows, columns, schema };
}

/** Columns beside the input's; all names that begin with `~` are kept for these. Whether all texts were found, and all types conform. */
const FOUND = '~found';
const CONFORMS = '~conforms';

/** The input with the two columns above, and what each parsed column reads from it. */
function parse(node: Syntax, input: Plan, env: Environment): { plan: Plan; columns: Named<Scalar>[] } {
  const kind = parameterOf(node, 'kind') ?? 'simple';
  if (kind !== 'simple' && kind !== 'relaxed') return unsupported(node, `parse kind=${kind}`);
  const parts = readParts(node, input, columnsOf(node));
  const source = convert(node, env.scalar(node.Expression, env), 'string');
  const found = apply(node, 'matches regex', 'bool', [source, literal('string', patternOf(parts))]);
  const taken = parts.filter((part) => part.kind === 'column');
  const texts = taken.map((part) => ({ name: `~${part.name}`, value: textAt(node, source, parts, part) }));
  const values = taken.map(({ name, type }) => ({
    name: `~${name}`,
    value: convert(node, column(`~${name}`, 'string'), type),
  }));
  const columns = values.map(({ name, value }) => ({ name: name.slice(1), value: column(name, value.type) }));
  const conform = columns
    .filter(({ value }) => value.type !== 'string')
    .map(({ value }) => apply(node, 'isnotnull', 'bool', [value]));
  const conforms = apply(node, 'and', 'bool', [column(FOUND, 'bool'), ...conform]);
  // one after the other, so that each text is read and converted once
  const read = beside(input, input.schema, [{ name: FOUND, value: found }, ...texts]);
  const converted = beside(read, [...input.schema, { name: FOUND, type: 'bool' }], values);
  return { plan: beside(converted, converted.schema, [{ name: CONFORMS, value: conforms }]), columns };
}

/** Columns of a plan, and further ones computed from it. */
function beside(input: Plan, schema: Schema, added: readonly Named<Scalar>[]): Plan {
  const kept = schema.map(({ name, type }) => ({ name, value: column(name, type) }));
  const types = added.map(({ name, value }) => ({ name, type: value.type }));
  return { kind: 'project', input, columns: [...kept, ...added], schema: [...schema, ...types] };
}

/** Reads the pattern; what the reference leaves open is refused. */
function readParts(node: Syntax, input: Plan, schema: Schema): Part[] {
  if (input.schema.some(({ name }) => name.startsWith('~')))
    return unsupported(node, 'parse beside a column whose name begins with ~');
  const syntax = listOf(node.Patterns);
  const parts = syntax.map((item, i) => readPart(item, syntax[i + 1], input, schema));
  if (parts.at(-1)?.kind === 'text')
    return unsupported(node, 'a parse pattern that ends in a text; with * after it the pattern is clear');
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1];
    if (part.kind === 'column' && next?.kind === 'column')
      return unsupported(node, 'a parse pattern with two columns side by side');
    if (part.kind === 'column' && part.whole && next?.kind === 'star' && /^[0-9]/.test(textOf(parts[i + 2])))
      return unsupported(node, 'a parse pattern with a number and then a digit to find');
  }
  return parts;
}

const textOf = (part: Part | undefined): string => (part?.kind === 'text' ? part.text : '');

function readPart(item: Syntax, next: Syntax | undefined, input: Plan, schema: Schema): Part {
  const kind = kindOf(item);
  if (kind === 'StarExpression') return { kind: 'star' };
  if (/StringLiteral/.test(kind)) {
    const text = String(item.LiteralValue);
    return text === '' ? unsupported(item, 'an empty text in a parse pattern') : { kind: 'text', text };
  }
  const name = String(kind === 'NameAndTypeDeclaration' ? item.Name.SimpleName : item.SimpleName);
  const type = schema.find((candidate) => candidate.name === name)?.type;
  if (type === undefined || type === 'dynamic') return unsupported(item, 'a column of this type in a parse pattern');
  if (input.schema.some((candidate) => candidate.name === name))
    return unsupported(item, 'parse into a column that is there already');
  const whole = next !== undefined && kindOf(next) === 'StarExpression';
  if (whole && type !== 'long' && type !== 'int') return unsupported(item, `a ${type} before * in a parse pattern`);
  return { kind: 'column', name, type, whole };
}

const ANY = '(?s:.*?)';
const DIGITS = '[-+]?[0-9]*';

/** The pattern over the whole text; with a column, that one is its group. Each text is found at its first place. */
function patternOf(parts: readonly Part[], taken?: Part): string {
  const words = parts.map((part) => {
    if (part.kind === 'text') return part.text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
    const any = part.kind === 'column' && part.whole ? DIGITS : ANY;
    return part === taken ? `(${any})` : any;
  });
  return `^${words.join('')}$`;
}

const textAt = (node: Syntax, source: Scalar, parts: readonly Part[], part: Part): Scalar =>
  apply(node, 'extract', 'string', [literal('string', patternOf(parts, part)), literal('long', 1n), source]);
