import { MailhuntError } from '../../errors/index.ts';
import {
  type Dynamic,
  dynamicFrom,
  type KqlType,
  parseDatetime,
  parseDecimal,
  parseTimespan,
  type Value,
} from '../../values/index.ts';
import { invalid, kindOf, listOf, literalNode, type Syntax, typeOf, unsupported } from '../parse/index.ts';
import { type LiteralScalar, literal } from '../plan/index.ts';

/** `long(5)`, `datetime("2020-01-01")` and plain `5`: the text that holds the value. */
const inner = (text: string): string => {
  const wrapped = /^[a-z0-9]+\s*\(([\s\S]*)\)$/i.exec(text.trim());
  return (wrapped?.[1] ?? text).trim().replace(/^(["'])([\s\S]*)\1$/, '$2');
};

const reals: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ['+inf', Infinity],
  ['inf', Infinity],
  ['-inf', -Infinity],
]);

const bools: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
]);

const isNull = (text: string): boolean => /^null$/i.test(text);

/** How the text of a literal becomes a value; undefined where it does not. */
const readers: Readonly<Partial<Record<KqlType, (text: string) => Value | undefined>>> = {
  bool: (text) => bools.get(text.toLowerCase()),
  int: (text) => whole(text, 32),
  long: (text) => whole(text, 64),
  real: (text) => reals.get(text.toLowerCase()) ?? (Number.isNaN(Number(text)) ? undefined : Number(text)),
  decimal: (text) => parseDecimal(text) ?? undefined,
  datetime: (text) => parseDatetime(text) ?? undefined,
  timespan: (text) => parseTimespan(text) ?? undefined,
  guid: (text) => (/^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(text) ? text.toLowerCase() : undefined),
};

function whole(text: string, bits: number): bigint | undefined {
  if (!/^[-+]?(?:0x[0-9a-f]+|\d+)$/i.test(text)) return undefined;
  const value = text.startsWith('-') ? -BigInt(text.slice(1)) : BigInt(text.replace('+', ''));
  return BigInt.asIntN(bits, value) === value || /^0x/i.test(text) ? BigInt.asIntN(bits, value) : undefined;
}

/** Texts in which a backslash is only that, those in which it escapes, and comments between them. */
const quotedText =
  /@"(?:[^"]|"")*"|@'(?:[^']|'')*'|```[\s\S]*?```|~~~[\s\S]*?~~~|\/\/.*|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g;

/** Microsoft's parser takes `\U0001F600` for an escape, but leaves its digits in the text. */
const hasWideEscape = (source: string): boolean =>
  source.includes('\\U') &&
  [...source.matchAll(quotedText)].some(([, escaping]) => /\\U/.test(escaping?.replaceAll('\\\\', '') ?? ''));

/** A literal of the query text. Hidden strings (`h"…"`) are ordinary strings here. */
export function lowerLiteral(node: Syntax): LiteralScalar {
  const kind = kindOf(node);
  if (kind === 'StringLiteralExpression' || kind === 'CompoundStringLiteralExpression') {
    // of one among thousands the node's own text is dear: it asks for what stands before it
    if (hasWideEscape(String(node.Token?.Text ?? node))) return unsupported(node, 'the escape \\U in a text');
    return literal('string', String(node.LiteralValue));
  }
  if (kind === 'DynamicExpression') return literal('dynamic', dynamicValue(node.Expression));
  const type = typeOf(node);
  // the node's own text would begin with the comments before it
  const raw = String(node.LiteralValueInfo?.RawText ?? node.toString());
  const text = inner(raw);
  if (isNull(text)) return literal(type, null);
  const value = readers[type]?.(text);
  if (value === undefined) return invalid(node, `the ${type} literal`, `${raw} cannot be read`);
  return literal(type, value);
}

/**
 * A query parameter's value: the text of a literal of its type, or what stands in its brackets. A text that is no string
 * literal is the string itself. Undefined: unreadable.
 */
export function literalFromText(type: KqlType, text: string): LiteralScalar | undefined {
  if (type === 'string') return literalWritten(type, text) ?? literal(type, text);
  if (type === 'dynamic') return literalWritten(type, text) ?? literalWritten(type, `dynamic(${text})`);
  const value = isNull(inner(text)) ? null : readers[type]?.(inner(text));
  return value === undefined ? undefined : literal(type, value);
}

function literalWritten(type: KqlType, text: string): LiteralScalar | undefined {
  const node = literalNode(text);
  if (node === undefined || node.ResultType?.Name !== type) return undefined;
  try {
    return lowerLiteral(node);
  } catch (error) {
    // its place is in the value, which nobody sees beside the query
    if (error instanceof MailhuntError) return undefined;
    throw error;
  }
}

/** What stands inside `dynamic(…)`: JSON, with KQL's own literals allowed as leaves. */
function dynamicValue(node: Syntax): Dynamic {
  switch (kindOf(node)) {
    case 'JsonArrayExpression':
      return listOf(node.Values).map(dynamicValue);
    case 'JsonObjectExpression':
      return new Map(listOf(node.Pairs).map((pair) => [String(pair.Name.ValueText), dynamicValue(pair.Value)]));
    case 'NullLiteralExpression':
      return null;
    case 'StringLiteralExpression':
    case 'CompoundStringLiteralExpression':
      return String(node.LiteralValue);
    case 'UnaryMinusExpression':
      return negated(dynamicValue(node.Expression), node);
    case 'DynamicExpression':
      return dynamicValue(node.Expression);
    default:
      return leaf(node);
  }
}

const negated = (value: Dynamic, node: Syntax): Dynamic =>
  typeof value === 'bigint' || typeof value === 'number' ? -value : unsupported(node, 'this literal in dynamic()');

function leaf(node: Syntax): Dynamic {
  if (!/LiteralExpression$/.test(kindOf(node))) return unsupported(node, 'this expression in dynamic()');
  const { type, value } = lowerLiteral(node);
  return dynamicFrom(value, type);
}
