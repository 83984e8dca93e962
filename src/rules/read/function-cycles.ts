import { MailhuntError } from '../../errors/index.ts';
import { wordsOf } from './named-tables.ts';
import type { FunctionFound } from './rule-file.ts';

/** Functions that call each other deeper than this do not run anywhere. */
const DEEPEST = 200;

/** One problem for each cycle of functions that call each other, at the first of them. */
export function cycles(functions: readonly FunctionFound[]): MailhuntError[] {
  const known = new Map(functions.map((found) => [found.name, found]));
  const calls = new Map(functions.map((found) => [found.name, calledIn(found.body, known)]));
  const problems: MailhuntError[] = [];
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): void => {
    const at = path.indexOf(name);
    if (at >= 0) problems.push(problemOf(path.slice(at), known));
    if (at >= 0 || done.has(name) || path.length > DEEPEST) return;
    for (const next of calls.get(name) ?? []) visit(next, [...path, name]);
    done.add(name);
  };
  for (const name of known.keys()) visit(name, []);
  return problems;
}

/** Names that the body gives with `let` are its own, often that of the function. */
function calledIn(body: string, known: ReadonlyMap<string, unknown>): Set<string> {
  const words = [...wordsOf(body)];
  const own = new Set(words.filter((_, i) => words[i - 1] === 'let'));
  return new Set(words.filter((word) => known.has(word) && !own.has(word)));
}

function problemOf(cycle: readonly string[], known: ReadonlyMap<string, FunctionFound>): MailhuntError {
  const name = cycle[0]!;
  const { provenance, place } = known.get(name)!;
  const words = [...cycle, name].join(' -> ');
  return new MailhuntError('RULE0007', { file: provenance.path, ...place, name, cycle: words });
}
