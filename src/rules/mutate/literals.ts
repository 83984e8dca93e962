import type { SyntaxNode } from '../../kql/index.ts';

const step = (text: string, by: bigint): string => String(BigInt(text) + by);

/** Constants by their kind in the tree, and what is put in their place. A text that is not understood is left alone. */
const changes: Readonly<Record<string, (node: SyntaxNode) => readonly string[]>> = {
  StringLiteralExpression: ({ literal = '' }) => [literal === '' ? '"~"' : quoted(`${literal}~`)],
  LongLiteralExpression: ({ text }) => (/^\d{1,18}$/.test(text) ? [step(text, 1n), step(text, -1n)] : []),
  IntLiteralExpression: ({ text }) =>
    insideOf(text, /^int\((\d{1,9})\)$/, (n) => [`int(${step(n, 1n)})`, `int(${step(n, -1n)})`]),
  RealLiteralExpression: ({ text }) =>
    insideOf(text, /^(\d{1,12}\.\d{1,12})$/, (n) => [String(Number(n) * 2), String(Number(n) / 2)].map(asReal)),
  TimespanLiteralExpression: ({ text }) =>
    insideOf(text, /^(\d{1,6})([a-z]+)$/i, (n, unit) => [`${Number(n) * 2}${unit}`, `${Number(n) / 2}${unit}`]),
  DateTimeLiteralExpression: ({ text }) => [`(${text} + 1d)`, `(${text} - 1d)`],
  BooleanLiteralExpression: ({ text }) => [text.toLowerCase() === 'true' ? 'false' : 'true'],
};

const asReal = (text: string): string => (text.includes('.') || text.includes('e') ? text : `${text}.0`);

const quoted = (text: string): string => JSON.stringify(text);

const insideOf = (
  text: string,
  pattern: RegExp,
  change: (...groups: string[]) => readonly string[],
): readonly string[] => {
  const [, ...groups] = pattern.exec(text) ?? [];
  return groups.length === 0 ? [] : change(...groups);
};

/**
 * What may stand in the place of a constant; nothing for what is none.
 *
 * @example literalChanges(nodeOf('3')) // ['4', '2']
 */
export const literalChanges = (node: SyntaxNode): readonly string[] =>
  Object.hasOwn(changes, node.kind) ? changes[node.kind]!(node) : [];

/** Whether a node is a constant. */
export const isLiteral = ({ kind }: SyntaxNode): boolean => Object.hasOwn(changes, kind);
