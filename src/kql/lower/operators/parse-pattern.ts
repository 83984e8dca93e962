import type { KqlType } from '../../../values/index.ts';
import { kindOf, listOf, type Syntax, unsupported } from '../../parse/index.ts';
import type { Schema } from '../../plan/index.ts';

/** A part of a pattern: a text to find, a column for what stands there, or `*` for anything. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'star' }
  | {
      readonly kind: 'column';
      readonly name: string;
      readonly type: KqlType;
      /** Whether `*` follows: the column is then what begins there and reads as its type. */
      readonly open: boolean;
    };

export type ColumnPart = Extract<Part, { kind: 'column' }>;

/** A pattern as a regular expression over the whole text: the part asked for is the group of that number. */
export interface Captured {
  readonly regex: string;
  readonly group: number;
}

/** The parts of a `parse` pattern. The binder has seen to it that a column follows a text and no `*` a string. */
export function readParts(node: Syntax, schema: Schema): Part[] {
  const items = listOf(node.Patterns);
  return items.map((item, i): Part => {
    const kind = kindOf(item);
    if (kind === 'StarExpression') return { kind: 'star' };
    if (/StringLiteral/.test(kind)) return { kind: 'text', text: String(item.LiteralValue) };
    const name = String(kind === 'NameAndTypeDeclaration' ? item.Name.SimpleName : item.SimpleName);
    const type = schema.find((candidate) => candidate.name === name)?.type;
    if (type === undefined) return unsupported(item, 'a column of this type in a parse pattern');
    const next = items[i + 1];
    return { kind: 'column', name, type, open: next !== undefined && kindOf(next) === 'StarExpression' };
  });
}

const number = '[-+]?(?:[0-9]+(?:[.][0-9]*)?|[.][0-9]+)(?:[eE][-+]?[0-9]+)?';
const clock = '[0-9]{1,2}:[0-9]{1,2}(?::[0-9]{1,2}(?:[.][0-9]+)?)?';
const date = '[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}';

/** What a value of a type looks like at the beginning of a text, and what may not follow it. */
const shapes: Readonly<Partial<Record<KqlType, { readonly value: string; readonly end: string }>>> = {
  bool: { value: '(?i:true|false)|[01]', end: '[^0-9A-Za-z]' },
  int: { value: '[-+]?[0-9]+', end: '[^0-9]' },
  long: { value: '[-+]?[0-9]+', end: '[^0-9]' },
  real: { value: number, end: '[^0-9.]' },
  decimal: { value: number, end: '[^0-9.]' },
  datetime: { value: `${date}(?:[ T]${clock}(?: ?[AP]M)?(?:Z|[-+][0-9]{2}:[0-9]{2})?)?`, end: '[^0-9]' },
  timespan: { value: `-?(?:(?:[0-9]+[.])?${clock}|[0-9.]+(?:ms|[dhms])?)`, end: '[^0-9A-Za-z]' },
  guid: { value: '[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}', end: '[^0-9a-fA-F]' },
};

/** A dialect of patterns: how each kind of part is said. */
interface Dialect {
  readonly text: (text: string) => string;
  readonly star: string;
  readonly column: (part: ColumnPart) => string;
  readonly around: (body: string) => string;
}

const ANY = '(?s:.*?)';

/** Kinds simple and relaxed: each text is found at its first place behind the one before it. */
const plain: Dialect = {
  text: (text) => text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'),
  star: ANY,
  column: () => ANY,
  around: (body) => `^${body}$`,
};

/**
 * Kind regex: texts are put together as they stand. As the reference's own results show, what is between them is greedy
 * unless the flag U turns that round; numbers always are.
 */
const regular = (flags: string): Dialect => ({
  text: (text) => text,
  star: '.*',
  column: ({ type }) => (numeric.has(type) ? `(?-U:${shapes[type]?.value})` : '.*'),
  around: (body) => `\\A${flags === '' ? body : `(?${flags}:${body})`}\\z`,
});

const numeric: ReadonlySet<KqlType> = new Set(['int', 'long', 'real', 'decimal']);

export const dialectOf = (kind: string, flags: string): Dialect => (kind === 'regex' ? regular(flags) : plain);

/** The regular expression of a pattern; with a column, that one is captured. */
export function captured(parts: readonly Part[], dialect: Dialect, taken?: ColumnPart): Captured {
  let [body, group, groups] = ['', 0, 0];
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'text') {
      body += dialect.text(part.text);
      groups += groupsIn(dialect.text(part.text));
      continue;
    }
    if (part === taken) group = groups + 1;
    if (part.kind === 'star') {
      const before = parts[i - 1];
      const isSaid = dialect === plain && before?.kind === 'column';
      body += isSaid ? '' : dialect.star;
    } else body += column(part, dialect, part === taken, parts[i + 2]);
  }
  return { regex: dialect.around(body), group };
}

/**
 * A column; where `*` follows in the plain dialect, together with that: the longest value of its type, else nothing and
 * anything. What follows a value is then no part of one.
 */
function column(part: ColumnPart, dialect: Dialect, isTaken: boolean, next: Part | undefined): string {
  const open = isTaken ? '(' : '(?:';
  const shape = part.open && dialect === plain ? shapes[part.type] : undefined;
  if (shape === undefined) return `${open}${dialect.column(part)})`;
  const mayTouch = next?.kind !== 'text' || new RegExp(`^${shape.end}`).test(next.text);
  return `(?:${open}${shape.value})(?:${shape.end}${ANY})${mayTouch ? '??' : ''}|${ANY})`;
}

/** How many groups a regular expression has. */
const groupsIn = (regex: string): number =>
  [...regex.matchAll(/\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|(\((?!\?)|\(\?P?<(?![=!]))/g)].filter(
    ([, group]) => group !== undefined,
  ).length;
