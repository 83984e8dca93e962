import type { SyntaxNode } from '../../../kql/index.ts';
import { declarationOf } from '../constants.ts';
import { argumentsOf, bare, calledName } from '../nodes.ts';

const hours: Readonly<Record<string, number>> = { m: 1 / 60, h: 1, d: 24 };

/** The hours of `ago(30d)`, also where a `let` names the span; undefined for what is none or is not known. */
export function hoursAgo(node: SyntaxNode): number | undefined {
  const value = bare(node);
  if (calledName(value) !== 'ago') return undefined;
  const [span] = argumentsOf(value);
  return hoursOf(span === undefined ? '' : (declarationOf(span) ?? span).text);
}

/** The hours of `30d` as it is written; undefined for other texts. */
export function hoursOf(text: string): number | undefined {
  const [, digits, unit] = /^(\d{1,5})([mhd])$/.exec(text.trim()) ?? [];
  return digits === undefined ? undefined : Number(digits) * (hours[unit ?? ''] ?? Number.NaN);
}
