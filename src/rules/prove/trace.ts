import { membersOf, type SyntaxNode } from '../../kql/index.ts';
import type { FilePlace } from '../rule.ts';

/** What a trace asks for. */
export interface TraceMeans {
  /** Rows that a query text gives. */
  count(text: string): Promise<number>;
  /** The place in the rule's file of an offset of its query. */
  placeOf(offset: number): FilePlace;
}

/** Queries that one trace may run. */
const MAX_QUERIES = 80;
/** Characters of an operator that a hint shows. */
const SHOWN = 120;

/**
 * Follows a query that gives no row from its source on: it is run operator by operator, and where the last row gets lost
 * the trace looks further, into a `let`, the other side of a join, the parts of a predicate.
 */
export class Trace {
  readonly #root: SyntaxNode;
  readonly #means: TraceMeans;
  readonly #whole: string;
  #queries = 0;

  constructor(root: SyntaxNode, means: TraceMeans) {
    this.#root = root;
    this.#whole = root.text;
    this.#means = means;
  }

  /** Where the last row gets lost, in a sentence; undefined where that cannot be said. */
  async run(): Promise<string | undefined> {
    const statement = this.#statements().find(({ kind }) => kind === 'ExpressionStatement');
    const expression = statement?.child('Expression');
    return expression && this.#follow(expression, statement!.span.start);
  }

  #statements(): readonly SyntaxNode[] {
    return membersOf(this.#root.child('Statements'));
  }

  /** `from`: where the statement begins; what stands before it belongs to every text that is run. */
  async #follow(expression: SyntaxNode, from: number): Promise<string | undefined> {
    const [source, ...operators] = pipeline(expression);
    if ((await this.#rows(source!, endOf(source!), from)) === 0) return this.#emptySource(source!, from);
    let before = source!;
    for (const operator of operators) {
      if ((await this.#rows(source!, endOf(operator), from)) === 0)
        return this.#lostAt(operator, { source: source!, before, from });
      before = operator;
    }
    return undefined;
  }

  /** A part of the text that begins at a source, as a query. */
  #rows(source: SyntaxNode, end: number, from: number): Promise<number> {
    return this.#count(this.#slice(0, from) + this.#slice(source.span.start, end), '');
  }

  #slice(start: number, end: number): string {
    const offset = this.#root.span.start;
    return this.#whole.slice(Math.max(0, start - offset), Math.max(0, end - offset));
  }

  async #count(text: string, more: string): Promise<number> {
    if (++this.#queries > MAX_QUERIES) return Number.NaN;
    return this.#means.count(`${text}\n${more}`);
  }

  async #emptySource(source: SyntaxNode, from: number): Promise<string | undefined> {
    const { symbol } = source;
    if (symbol?.kind === 'Table') return `the test has no row in ${symbol.name} (${this.#at(source)})`;
    const definition = symbol?.kind === 'Variable' ? this.#letOf(symbol.name, from) : undefined;
    const inner = definition?.child('Expression');
    const further = inner && (await this.#follow(inner, definition!.span.start));
    return further ?? `${this.#shown(source)} gives no row`;
  }

  /** The last definition of a name before a place. */
  #letOf(name: string, before: number): SyntaxNode | undefined {
    return this.#statements().findLast(
      (statement) =>
        statement.kind === 'LetStatement' && statement.span.start < before && statement.child('Name')?.text === name,
    );
  }

  async #lostAt(operator: SyntaxNode, { source, before, from }: Reached): Promise<string> {
    const rows = await this.#rows(source, endOf(before), from);
    const lost = `${this.#shown(operator)} leaves none of ${rows} ${rows === 1 ? 'row' : 'rows'}`;
    if (operator.kind === 'FilterOperator') {
      const prefix = this.#slice(0, from) + this.#slice(source.span.start, endOf(before));
      return lost + (await this.#falseParts(operator.child('Condition')!, prefix));
    }
    if (operator.kind === 'JoinOperator' || operator.kind === 'LookupOperator') {
      const other = operator.child('Expression');
      const count = other === undefined ? Number.NaN : await this.#rows(other, endOf(other), from);
      const further = count === 0 ? await this.#follow(other!, from) : undefined;
      if (count === 0) return `${lost}: its right side has no row${further === undefined ? '' : `: ${further}`}`;
      return `${lost}: its right side has ${count}, and no keys meet`;
    }
    return lost;
  }

  /** Which parts of a conjunction no row satisfies by itself. */
  async #falseParts(condition: SyntaxNode, prefix: string): Promise<string> {
    const parts = conjuncts(condition);
    if (parts.length === 1) return '';
    const falseOnes: string[] = [];
    for (const part of parts)
      if ((await this.#count(prefix, `| where ${part.text}`)) === 0)
        falseOnes.push(`${quoted(part)} (${this.#at(part)})`);
    return falseOnes.length === 0
      ? ': each of its parts is true for some row, all together for none'
      : `: true for no row is ${falseOnes.join(' and ')}`;
  }

  #shown(node: SyntaxNode): string {
    return `${quoted(node)} (${this.#at(node)})`;
  }

  #at(node: SyntaxNode): string {
    const { line, column } = this.#means.placeOf(node.span.start);
    return `line ${line}, column ${column}`;
  }
}

interface Reached {
  readonly source: SyntaxNode;
  /** The last part that still gave rows. */
  readonly before: SyntaxNode;
  readonly from: number;
}

const endOf = ({ span }: SyntaxNode): number => span.start + span.length;

const quoted = ({ text }: SyntaxNode): string => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
};

const wrappers: ReadonlySet<string> = new Set(['ParenthesizedExpression', 'MaterializeExpression']);

/** The source of a pipeline and its operators, what is only wrapped unwrapped. */
function pipeline(expression: SyntaxNode): readonly SyntaxNode[] {
  const operators: SyntaxNode[] = [];
  let node = expression;
  for (;;) {
    const inner = node.child('Expression');
    if (inner === undefined || !(node.kind === 'PipeExpression' || wrappers.has(node.kind))) break;
    const operator = node.kind === 'PipeExpression' ? node.child('Operator') : undefined;
    if (operator !== undefined) operators.unshift(operator);
    node = inner;
  }
  return [node, ...operators];
}

function conjuncts(condition: SyntaxNode): readonly SyntaxNode[] {
  if (condition.kind === 'ParenthesizedExpression') return conjuncts(condition.child('Expression')!);
  if (condition.kind !== 'AndExpression') return [condition];
  return [...conjuncts(condition.child('Left')!), ...conjuncts(condition.child('Right')!)];
}
