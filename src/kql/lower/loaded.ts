import { type Syntax, spanOf } from '../parse/index.ts';
import type { Plan, Schema } from '../plan/index.ts';
import { warning } from '../run/warnings.ts';
import { NotLoaded, type Source } from '../sources/index.ts';
import type { Environment } from './environment.ts';

/** The rows of a source from outside; where they are not at hand the compilation stops, and goes on when they are. */
export function loadedPlan(node: Syntax, schema: Schema, source: Source, env: Environment): Plan {
  const span = spanOf(node);
  const found = env.context.loaded?.get(source.key);
  if (found === undefined) throw new NotLoaded(source, env.learned.original(span));
  if (found.missing !== undefined) env.notes.warnings.push(warning('WARN0004', found.missing, span));
  if (found.leftOut !== undefined) env.notes.warnings.push(warning('WARN0007', found.leftOut, span));
  return { kind: 'loaded', schema, rows: found.rows };
}
