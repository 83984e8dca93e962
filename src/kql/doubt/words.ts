import type { Scalar } from '../plan/index.ts';
import type { Warning } from '../run/answer.ts';
import { warning } from '../run/warnings.ts';
import type { Doubt } from './doubt.ts';

/** The warning for a predicate that no row makes true: what the column holds, and what to write. */
export function warningOf({ table, column, domain, predicate, span }: Doubt): Warning {
  const texts = textsIn(predicate);
  const better = texts.flatMap((text) => suggestions(text, column, domain));
  const advice = better.length === 0 ? '' : `; write ${[...new Set(better)].join(' or ')}`;
  const message = `no row of ${table} makes this true: ${column} holds ${domain.holds}${advice}`;
  return warning('WARN0002', message, span);
}

/** The texts that a predicate compares with. */
function textsIn(scalar: Scalar): string[] {
  if (scalar.kind === 'literal') return typeof scalar.value === 'string' ? [scalar.value] : [];
  return scalar.kind === 'call' ? scalar.args.flatMap(textsIn) : [];
}

function suggestions(text: string, column: string, { texts, instead }: Doubt['domain']): string[] {
  const spelled = texts.filter((known) => known.toLowerCase() === text.toLowerCase());
  return [
    ...spelled.map((known) => `${column} == ${JSON.stringify(known)}`),
    ...instead.flatMap(({ find, write }) => {
      const found = new RegExp(find, 'i').exec(text);
      return found === null ? [] : [write.replace(/\$(\d)/g, (_, group) => found[Number(group)] ?? '')];
    }),
  ];
}
