import type { SyntaxNode } from '../../../kql/index.ts';
import { tableNamed } from '../../../schema/index.ts';
import { declarationOf } from '../constants.ts';
import { argumentsOf, bare, calledName, nodesOfKind, rootOf } from '../nodes.ts';
import { oneRowEach } from './mail-rows.ts';
import { after } from './operators.ts';
import { type JoinSight, type Origin, originIn, type Rows, unknownRows } from './rows.ts';

/**
 * Where the columns of a query's rows come from, followed through its operators, `let`s and joins: what Microsoft's binder
 * does not keep. Works on the bound text, so that it also sees queries that cannot be planned without their data.
 */
export class Trace {
  readonly #rows = new Map<SyntaxNode, Rows>();
  readonly #open = new Set<SyntaxNode>();
  readonly #at = new Map<SyntaxNode, Rows | undefined>();
  readonly #joins = new Map<JoinSight, Readonly<Record<'left' | 'right', Set<string>>>>();

  constructor(root: SyntaxNode) {
    for (const node of nodesOfKind(root, 'PipeExpression', 'NameReference', 'UnionOperator', 'MaterializeExpression'))
      if (node.columns !== undefined && isEnd(node)) this.#read(this.rowsOf(node));
  }

  get joins(): readonly JoinSight[] {
    return [...this.#joins.keys()];
  }

  /** The rows of a tabular expression. */
  rowsOf(node: SyntaxNode): Rows {
    const known = this.#rows.get(node);
    if (known !== undefined) return known;
    if (this.#open.has(node)) return unknownRows(node);
    this.#open.add(node);
    const rows = this.#compute(bare(node));
    this.#open.delete(node);
    this.#rows.set(node, rows);
    return rows;
  }

  /** The rows that a scalar expression is computed on; undefined where it stands in no operator. */
  rowsAt(node: SyntaxNode): Rows | undefined {
    const passed: SyntaxNode[] = [];
    let at: SyntaxNode | undefined = node;
    while (at !== undefined && !this.#at.has(at) && !isOperatorOfPipe(at)) {
      passed.push(at);
      at = at.parent;
    }
    const rows = at === undefined ? undefined : (this.#at.get(at) ?? this.#inputOf(at));
    // Long conditions are deep: what was climbed once is not climbed again.
    for (const below of passed) this.#at.set(below, rows);
    return rows;
  }

  #inputOf(operator: SyntaxNode): Rows | undefined {
    const input = operator.parent?.kind === 'PipeExpression' ? operator.parent.child('Expression') : undefined;
    return input === undefined ? undefined : this.rowsOf(input);
  }

  /** The table column that a scalar expression is, through renames and the functions that keep what it names. */
  originOf(node: SyntaxNode): Origin | undefined {
    const rows = this.rowsAt(node);
    return rows === undefined ? undefined : originIn(rows, node);
  }

  /** Notes a join and gives the object that its columns are marked with. */
  note(join: Omit<JoinSight, 'used'>): JoinSight {
    const used = { left: new Set<string>(), right: new Set<string>() };
    const sight = { ...join, used };
    this.#joins.set(sight, used);
    for (const side of ['left', 'right'] as const) this.#read(join[side], new Set(join.keys.map((key) => key[side])));
    return sight;
  }

  /** Says that something reads these columns (all, unless named). */
  #read({ columns }: Rows, names: Iterable<string> = columns.keys()): void {
    for (const name of names)
      for (const { join, side, column } of columns.get(name)?.marks ?? []) this.#joins.get(join)?.[side].add(column);
  }

  #compute(node: SyntaxNode): Rows {
    if (node.kind === 'NameReference') return this.#named(node);
    if (node.kind === 'PipeExpression') return this.#piped(node);
    if (node.kind === 'UnionOperator') return after(this, node, undefined);
    if (node.kind === 'MaterializeExpression') {
      const inner = node.child('Expression');
      return inner === undefined ? unknownRows(node) : this.rowsOf(inner);
    }
    if (node.kind === 'FunctionCallExpression') return this.#called(node);
    return unknownRows(node);
  }

  #named(node: SyntaxNode): Rows {
    if (node.symbol?.kind === 'Table') return tableRows(node);
    const declared = declarationOf(node);
    return declared === undefined || node.columns === undefined ? unknownRows(node) : this.rowsOf(declared);
  }

  #called(node: SyntaxNode): Rows {
    if (calledName(node) === 'materialize') {
      const [inner] = argumentsOf(node);
      if (inner !== undefined) return this.rowsOf(inner);
    }
    const name = node.child('Name');
    const body = name === undefined ? undefined : declarationOf(name)?.child('Body')?.child('Expression');
    return body === undefined || node.columns === undefined ? unknownRows(node) : this.rowsOf(body);
  }

  #piped(node: SyntaxNode): Rows {
    const [input, operator] = [node.child('Expression'), node.child('Operator')];
    if (input === undefined || operator === undefined) return unknownRows(node);
    const rows = this.rowsOf(input);
    if (!passing.has(operator.kind)) this.#read(rows, namesIn(operator));
    return after(this, operator, rows);
  }
}

const isOperatorOfPipe = (node: SyntaxNode): boolean =>
  node.role === 'Operator' && node.parent?.kind === 'PipeExpression';

/** Operators whose columns live on in what they make, or are not read for what they say. */
const passing = new Set([
  'ProjectOperator',
  'ExtendOperator',
  'ProjectAwayOperator',
  'ProjectKeepOperator',
  'ProjectRenameOperator',
  'ProjectReorderOperator',
  'DistinctOperator',
  'SortOperator',
  'JoinOperator',
  'LookupOperator',
  'UnionOperator',
]);

/** The columns that an operator reads; what `arg_max` goes by only chooses among rows. */
function* namesIn(node: SyntaxNode): Generator<string> {
  const passed = /^arg_(?:max|min)$/.test(calledName(node) ?? '') ? argumentsOf(node)[0] : undefined;
  if (passed !== undefined)
    return yield* argumentsOf(node)
      .slice(1)
      .flatMap((argument) => [...namesIn(argument)]);
  if (node.kind === 'NameReference' && node.symbol?.kind === 'Column') yield node.symbol.name;
  for (const child of node.children) if (!child.isToken) yield* namesIn(child);
}

const traces = new WeakMap<SyntaxNode, Trace>();

/** The trace of the query that a node stands in; made once. */
export function traceOf(node: SyntaxNode): Trace {
  const root = rootOf(node);
  const trace = traces.get(root) ?? new Trace(root);
  traces.set(root, trace);
  return trace;
}

function tableRows(node: SyntaxNode): Rows {
  const table = node.symbol?.name ?? node.text;
  const names = (node.columns ?? []).map(({ name }) => name);
  const key = oneRowEach[table] ?? tableNamed(table)?.key ?? [];
  return {
    columns: new Map(
      names.map((column) => [column, { origin: { table, column, through: [] }, marks: new Set<never>() }]),
    ),
    grains: [table],
    unique: key.length > 0 && key.every((column) => names.includes(column)) ? [key] : [],
    filled: new Set(),
    pinned: new Set(),
  };
}

/** Whether the rows of an expression go nowhere else: the result, a list of `in`, what `toscalar` reads. */
function isEnd(node: SyntaxNode): boolean {
  let [below, up] = [node, node.parent];
  while (up !== undefined && ['ParenthesizedExpression', 'SeparatedElement', 'List'].includes(up.kind))
    [below, up] = [up, up.parent];
  if (up === undefined) return true;
  if (up.kind === 'PipeExpression') return false;
  return !inner.has(up.kind) || (up.kind === 'FunctionCallExpression' && below.role === 'ArgumentList');
}

const inner = new Set(['JoinOperator', 'LookupOperator', 'UnionOperator', 'LetStatement', 'MaterializeExpression']);
