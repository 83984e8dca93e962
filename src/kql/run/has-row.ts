import type { Engine } from './engine.ts';

/** Whether a statement gives a row; it is read no further. */
export async function hasRow(sql: string, engine: Engine, signal: AbortSignal | undefined): Promise<boolean> {
  for await (const block of engine.texts(sql, signal)) if (block.length > 0) return true;
  return false;
}
