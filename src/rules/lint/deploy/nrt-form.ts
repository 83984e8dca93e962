import { membersOf, type Reading, type SyntaxNode, walk } from '../../../kql/index.ts';
import { commentsOf } from '../comments.ts';
import { declarationOf } from '../constants.ts';
import { argumentsOf, bare, calledName } from '../nodes.ts';
import { nrtConstructAt, readsATable } from './nrt-constructs.ts';
import { unstreamedColumns } from './nrt-evidence.ts';
import { keywordOf, tablesRead } from './pipeline.ts';

/** Longer than this a rewritten query is of no use to anybody. */
const MAX_TEXT = 50_000;

/**
 * The same query in the words that a continuous rule takes: `let`s written out, `has_any` as alternatives of `has`,
 * without comments. Undefined where there is no such form that gives exactly the same rows.
 *
 * @example nrtForm(readText('T | where A in~ ("x", "y")', context)) // 'T | where (A =~ "x" or A =~ "y")'
 */
export function nrtForm(reading: Reading): string | undefined {
  if (!readsATable(reading) || tablesRead(reading).length > 1) return undefined;
  if (reading.diagnostics.some(({ severity }) => severity === 'Error')) return undefined;
  const statements = membersOf(reading.root.child('Statements')).filter(({ kind }) => kind !== 'LetStatement');
  const [query] = statements;
  if (query === undefined || statements.length > 1) return undefined;
  try {
    const text = new Rewriting(reading).write(query);
    // several lines are one literal between ```: its blanks are its own
    return text.includes('```') ? text.trim() : tidy(text);
  } catch (error) {
    // a text that is nested too deeply to be written again has none either
    if (error instanceof NoNrtForm || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Something that has no exact form. */
class NoNrtForm extends Error {}

const no = (): never => {
  throw new NoNrtForm();
};

/** Without the blanks and empty lines that dropped comments leave. */
const tidy = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')
    .trim();

type Rewrite = (node: SyntaxNode, write: (node: SyntaxNode) => string) => string | undefined;

/** Writes a tree again, node by node; what a node becomes is a row of a table. */
class Rewriting {
  readonly #text: string;
  readonly #comments: readonly { readonly start: number; readonly length: number }[];
  #written = 0;

  constructor({ text }: Reading) {
    this.#text = text;
    this.#comments = commentsOf(text).map(({ span }) => span);
  }

  readonly write = (node: SyntaxNode): string => {
    const rewritten = rewrites[node.kind]?.(node, this.write);
    if (rewritten !== undefined) return this.#counted(rewritten);
    if (node.isToken) return this.#counted(node.text);
    if (isRefused(node)) return no();
    return this.#asItStands(node);
  };

  /** Children with what stands between them, but for comments. */
  #asItStands({ children }: SyntaxNode): string {
    let [text, end] = ['', children[0]?.span.start ?? 0];
    for (const child of children) {
      const dropped = isDropped(child);
      if (!dropped) text += this.#between(end, child.span.start) + this.write(child);
      end = child.span.start + child.span.length;
    }
    return text;
  }

  #between(start: number, end: number): string {
    if (!this.#text.slice(start, end).includes('//')) return this.#text.slice(start, end);
    const inside = this.#comments.filter((comment) => comment.start >= start && comment.start < end);
    let [text, at] = ['', start];
    for (const comment of inside) {
      text += this.#text.slice(at, comment.start);
      at = comment.start + comment.length;
    }
    return text + this.#text.slice(at, end);
  }

  #counted(text: string): string {
    this.#written += text.length;
    return this.#written > MAX_TEXT * 10 || text.length > MAX_TEXT ? no() : text;
  }
}

/** Names of tables and dynamic literals are looked at where they are rewritten; the rest has its verdict. */
const isRefused = (node: SyntaxNode): boolean => nrtConstructAt(node)?.outcome === 'refused';

/** The `;` behind a statement. */
const isDropped = (node: SyntaxNode): boolean =>
  node.kind === 'SemicolonToken' && node.parent?.kind === 'SeparatedElement';

const rewrites: Readonly<Record<string, Rewrite>> = {
  PipeExpression: pipe,
  NameReference: name,
  HasAnyExpression: (node, write) => spread(node, write, 'has', 'or'),
  HasAllExpression: (node, write) => spread(node, write, 'has', 'and'),
  InCsExpression: (node, write) => spread(node, write, '=~', 'or'),
  NotInCsExpression: (node, write) => spread(node, write, '!~', 'and'),
  InExpression: (node, write) => listed(node, write, 'in'),
  NotInExpression: (node, write) => listed(node, write, '!in'),
  BetweenExpression: bounds,
  // not `x < a or x > b`, which says nothing of null
  NotBetweenExpression: (node, write) => `not${bounds(node, write)}`,
  EqualExpression: unwrapped,
  EqualTildeExpression: unwrapped,
  FunctionCallExpression: call,
  DynamicExpression: parsed,
};

/** A sort changes no event that a rule looks at; `project-keep` says the same as `project` of its columns. */
function pipe(node: SyntaxNode, write: (node: SyntaxNode) => string): string | undefined {
  const operator = node.child('Operator')!;
  const word = keywordOf(operator);
  if (operator.kind === 'SortOperator') return write(node.child('Expression')!);
  if (word !== 'project-keep' && word !== 'project-reorder') return undefined;
  const columns = operator.columns?.map((column) => column.name) ?? no();
  if (columns.some((column) => Object.values(unstreamedColumns).some((names) => names.has(column)))) return no();
  return `${write(node.child('Expression')!)}\n| project ${columns.map(quoted).join(', ')}`;
}

const quoted = (column: string): string =>
  /^[A-Za-z_]\w*$/.test(column) ? column : `["${column.replace(/[\\"]/g, '\\$&')}"]`;

/** A name of a `let` becomes what it stands for. */
function name(node: SyntaxNode, write: (node: SyntaxNode) => string): string | undefined {
  const kind = node.symbol?.kind;
  if (kind === 'Table') return isRefused(node) ? no() : node.text;
  if (kind !== 'Variable') return undefined;
  const value = declarationOf(node);
  if (value === undefined || [...walk(value)].some(isVolatile)) return no();
  const isTabular = value.columns !== undefined;
  if (isTabular && !isFirst(node)) return no();
  const text = write(value);
  return isTabular || isClosed(bare(value)) ? text : `(${text})`;
}

/** What gives another value each time that it is computed. */
const isVolatile = (node: SyntaxNode): boolean => /^(?:rand|new_guid|row_number)$/.test(calledName(node) ?? '');

/** Whether a name is what a pipeline begins with. */
const isFirst = ({ parent, role }: SyntaxNode): boolean =>
  role === 'Expression' &&
  (parent?.kind === 'PipeExpression' || parent?.kind === 'ExpressionStatement' || parent?.kind === 'LetStatement');

/** What needs no parentheses wherever it is put. */
const isClosed = ({ kind }: SyntaxNode): boolean =>
  /Literal|^(?:FunctionCallExpression|NameReference|DynamicExpression)$/.test(kind);

/** `x has_any ("a", "b")` → `(x has "a" or x has "b")`. */
function spread(node: SyntaxNode, write: (node: SyntaxNode) => string, operator: string, word: string): string {
  const left = node.child('Left')!;
  const members = textsIn(node.child('Right'));
  if (left.type !== 'string' || members === undefined) return no();
  // no word is empty
  if (operator === 'has' && members.some(({ literal }) => literal === '')) return no();
  const subject = write(left);
  const inner = isClosed(left) || left.kind === 'PathExpression' ? subject : `(${subject})`;
  return `(${members.map((member) => `${inner} ${operator} ${member.text}`).join(` ${word} `)})`;
}

/** `x in (dynamic(["a"]))` → `x in ("a")`; other lists stand as they are. */
function listed(node: SyntaxNode, write: (node: SyntaxNode) => string, operator: string): string | undefined {
  const right = node.child('Right');
  const members = membersOf(right?.child('Expressions'));
  if (members.some(({ columns }) => columns !== undefined)) return no();
  if (!members.some(({ type }) => type === 'dynamic')) return undefined;
  const texts = textsIn(right);
  if (texts === undefined || node.child('Left')?.type !== 'string') return no();
  return `${write(node.child('Left')!)} ${operator} (${texts.map(({ text }) => text).join(', ')})`;
}

/** The literals of a list, through `let`, `dynamic([…])` and `pack_array(…)`; undefined where one is no text of its own. */
function textsIn(list: SyntaxNode | undefined): readonly SyntaxNode[] | undefined {
  const members = membersOf(list?.child('Expressions')).map((member) => literalsOf(member, 0));
  if (members.length === 0 || members.some((texts) => texts === undefined)) return undefined;
  const texts = members.flatMap((found) => found ?? []);
  return texts.length === 0 ? undefined : texts;
}

const MAX_LETS = 50;

function literalsOf(node: SyntaxNode, depth: number): readonly SyntaxNode[] | undefined {
  const value = bare(node);
  if (depth > MAX_LETS) return undefined;
  if (value.literal !== undefined) return [value];
  const inside = contentOf(value);
  if (inside === undefined) return undefined;
  const texts = inside.map((member) => literalsOf(member, depth + 1));
  return texts.some((found) => found === undefined) ? undefined : texts.flatMap((found) => found ?? []);
}

function contentOf(node: SyntaxNode): readonly SyntaxNode[] | undefined {
  if (node.kind === 'DynamicExpression') {
    const array = node.child('Expression');
    if (array?.kind !== 'JsonArrayExpression') return undefined;
    // what a backslash means differs between JSON and KQL
    return array.text.includes('\\') ? undefined : membersOf(array.child('Values'));
  }
  if (calledName(node) === 'pack_array') return argumentsOf(node);
  const declared = node.kind === 'NameReference' ? declarationOf(node) : undefined;
  return declared === undefined ? undefined : [declared];
}

/** `x between (a .. b)` → `(x >= a and x <= b)`. */
function bounds(node: SyntaxNode, write: (node: SyntaxNode) => string): string {
  const [left, right] = [node.child('Left')!, node.child('Right')];
  const [first, second] = [right?.child('First'), right?.child('Second')];
  // `datetime between (start .. 1d)` reads its second bound as a distance
  if (!isAlike(left, first) || !isAlike(left, second)) return no();
  const subject = isClosed(left) ? write(left) : `(${write(left)})`;
  const bound = (side: SyntaxNode): string => (isClosed(side) ? write(side) : `(${write(side)})`);
  return `(${subject} >= ${bound(first!)} and ${subject} <= ${bound(second!)})`;
}

const numbers: ReadonlySet<string | undefined> = new Set(['int', 'long', 'real', 'decimal']);

const isAlike = (a: SyntaxNode, b: SyntaxNode | undefined): boolean =>
  a.type !== undefined && (a.type === b?.type || (numbers.has(a.type) && numbers.has(b?.type)));

/** A text that no number, truth value, list or bag is written as. */
const plainWord = /^(?!(?:true|false|null|nan|inf(?:inity)?)$)[a-z][a-z _-]*$/i;

/** `tostring(Data.Operation) == "word"` → `Data.Operation == "word"`: equal where only a text can be written so. */
function unwrapped(node: SyntaxNode, write: (node: SyntaxNode) => string): string | undefined {
  const [left, right] = [node.child('Left')!, node.child('Right')!];
  if (calledName(left) !== 'tostring' || !isRefused(left)) return undefined;
  const [argument] = argumentsOf(left);
  if (argument === undefined || !plainWord.test(right.literal ?? '')) return no();
  return `${write(argument)} ${node.child('Operator')!.text} ${right.text}`;
}

/** Functions under another name, which the subset has. */
const renamed: Readonly<Record<string, string>> = {
  iff: 'iif',
  todynamic: 'parse_json',
  parsejson: 'parse_json',
  toobject: 'parse_json',
  notempty: 'isnotempty',
  notnull: 'isnotnull',
  bag_pack: 'pack',
  base64_decode_tostring: 'base64_decodestring',
  base64_encode_tostring: 'base64_encodestring',
  monthofyear: 'getmonth',
};

function call(node: SyntaxNode, write: (node: SyntaxNode) => string): string | undefined {
  const called = calledName(node) ?? '';
  if (called === 'coalesce') return chosen(argumentsOf(node), write);
  const other = renamed[called];
  if (other === undefined) return undefined;
  return `${other}(${argumentsOf(node).map(write).join(', ')})`;
}

/** `coalesce(a, b)` → `case(isnotempty(a), a, b)`: for texts, of which none is null, the first that is not empty. */
function chosen(values: readonly SyntaxNode[], write: (node: SyntaxNode) => string): string {
  const type = values[0]?.type;
  if (type === undefined || type === 'dynamic' || values.some((value) => value.type !== type)) return no();
  const test = type === 'string' ? 'isnotempty' : 'isnotnull';
  const texts = values.map(write);
  const last = texts.pop();
  return `case(${[...texts.flatMap((text) => [`${test}(${text})`, text]), last].join(', ')})`;
}

/** `dynamic({"a": 1})` → `parse_json(@'{"a": 1}')`. */
function parsed(node: SyntaxNode): string {
  const json = node.child('Expression')?.text ?? '';
  try {
    JSON.parse(json);
  } catch {
    return no();
  }
  return `parse_json(@'${json.replaceAll("'", "''")}')`;
}
