import type { Span } from '../../../errors/index.ts';
import type { CallScalar, Reading, Scalar, SyntaxNode } from '../../../kql/index.ts';
import type { Fix } from '../lint.ts';
import type { Analysis } from './analysis.ts';
import { type Leaf, leavesIn } from './leaves.ts';
import { sameWord } from './same-word.ts';

/** The text at a place, on one line, short enough for a sentence. */
export function textAt({ text }: Reading, { span }: { readonly span?: Span }): string {
  if (span === undefined) return 'this';
  const written = text.slice(span.start, span.start + span.length).replace(/\s+/g, ' ');
  return `\`${written.length > 120 ? `${written.slice(0, 117)}…` : written}\``;
}

/** The only leaf that a scalar reads; undefined where it reads several. */
export function onlyLeaf(scalar: Scalar, { leaves }: Analysis): Leaf | undefined {
  const [name, ...others] = leavesIn(scalar);
  return name === undefined || others.length > 0 ? undefined : leaves.of(name);
}

/** What a scalar's value is known to be, as a clause; empty where nothing is known by name. */
export function holdsOf(scalar: Scalar, analysis: Analysis): string {
  const leaf = onlyLeaf(scalar, analysis);
  if (leaf?.origin === undefined) return '';
  const { table, column, member } = leaf.origin;
  if (member !== undefined)
    return `the member ${member} of ${table}.${column} is a word of small letters, such as ${someOf(leaf.words)}`;
  return leaf.facts === undefined ? '' : `${table}.${column} holds ${leaf.facts.holds}`;
}

const someOf = (words: readonly string[] = []): string =>
  words
    .slice(0, 4)
    .map((word) => `"${word}"`)
    .join(', ');

/** How a word is spelled in what a scalar reads; undefined where it is not among what is known. */
export function rightSpelling(text: string, scalar: Scalar, analysis: Analysis): string | undefined {
  const leaf = onlyLeaf(scalar, analysis);
  const facts = leaf?.facts;
  const known = leaf?.words ?? (facts?.kind === 'closed' || facts?.kind === 'spelled' ? facts.texts : []);
  return known.find((word) => sameWord(word, text) && word !== text);
}

/** The node that stands exactly at a place. */
export function nodeAt({ root }: Reading, span: Span | undefined): SyntaxNode | undefined {
  if (span === undefined) return undefined;
  const isThere = (node: SyntaxNode): boolean => node.span.start === span.start && node.span.length === span.length;
  for (const node of within(root, span)) if (!node.isToken && isThere(node)) return node;
  return undefined;
}

/** The literals inside a place. */
export function literalsIn({ root }: Reading, span: Span | undefined): SyntaxNode[] {
  if (span === undefined) return [];
  const end = span.start + span.length;
  return [...within(root, span)].filter(
    (node) =>
      node.kind.endsWith('LiteralExpression') &&
      node.span.start >= span.start &&
      node.span.start + node.span.length <= end,
  );
}

/** Those that say a text. */
export const literalsSaying = (text: string, reading: Reading, span: Span | undefined): SyntaxNode[] =>
  literalsIn(reading, span).filter(({ literal }) => literal === text);

/** The nodes that have something of a place, without going into the others. */
function* within(root: SyntaxNode, { start, length }: Span): Generator<SyntaxNode> {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node;
    const touches = (child: SyntaxNode): boolean =>
      child.span.start < start + length && child.span.start + child.span.length > start;
    waiting.push(...node.children.filter(touches).toReversed());
  }
}

/** Another word in place of the one literal that says a text; nothing where it stands there more than once or not at all. */
export function replacing(
  text: string,
  by: string,
  reading: Reading,
  span: Span | undefined,
): { fix?: readonly Fix[] } {
  const [literal, ...others] = literalsSaying(text, reading, span);
  if (literal === undefined || others.length > 0) return {};
  return { fix: [{ span: literal.span, text: quoted(by) }] };
}

export const quoted = (text: string): string => JSON.stringify(text);

/** What a header's `dmarc=fail` is in the columns of the tables: a predicate over the bag at hand. */
export function memberPredicate(
  call: CallScalar,
  text: string,
  analysis: Analysis,
  reading: Reading,
): string | undefined {
  const facts = onlyLeaf(call, analysis)?.facts;
  if (facts?.kind !== 'bag') return undefined;
  const keys = Object.keys(facts.bag.members);
  const found = new RegExp(`^\\W*(${keys.join('|')})\\W{1,4}([a-z]+)\\W*$`, 'i').exec(text);
  const key = keys.find((known) => known.toLowerCase() === found?.[1]?.toLowerCase());
  const bag = nodeAt(reading, call.span)?.children[0]?.text;
  if (found === null || key === undefined || bag === undefined) return undefined;
  return `parse_json(${bag}).${key} == ${quoted(found[2]!.toLowerCase())}`;
}
