import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { sqlText } from '../duckdb/index.ts';
import { syncFolder } from './journal.ts';

/** Where the new file stands until it is whole. */
export const draftOf = (file: string): string => `${file}.rewritten`;

/**
 * Copies a database, table by table, into a file that takes its place: rows keep their order, blocks that were freed are
 * left out. The old file is attached for writing meanwhile, which holds its lock against other processes.
 */
export async function rewriteFile(
  file: string,
  temporary: string,
  { memory, spill }: { readonly memory: string; readonly spill: string },
): Promise<void> {
  const draft = draftOf(file);
  await rm(draft, { force: true });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memory,
    temp_directory: temporary,
    max_temp_directory_size: spill,
  });
  try {
    const connection = await instance.connect();
    await connection.run(`ATTACH ${sqlText(file)} AS old`);
    await connection.run(`ATTACH ${sqlText(draft)} AS new`);
    await connection.run('COPY FROM DATABASE old TO new');
    await connection.run('DETACH new');
    await replace(file, draft);
    connection.closeSync();
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    instance.closeSync();
  }
}

async function replace(file: string, draft: string): Promise<void> {
  const handle = await open(draft, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  await rm(`${file}.wal`, { force: true });
  await syncFolder(dirname(file));
}
