import { MailhuntError } from '../../errors/index.ts';
import type { QueryContext } from '../query-context.ts';
import type { LoadedRows } from '../surroundings.ts';
import { NotLoaded } from './not-loaded.ts';

/** Sources from outside that one query may read. */
const MAX_SOURCES = 50;
/** Characters of their rows in all. */
const MAX_CHARACTERS = 256 * 1024 * 1024;

/**
 * Compiles a query that may read rows from outside: each time that one stops the compilation, its rows are loaded and the
 * query is compiled again.
 */
export async function loadSources<C extends QueryContext & { readonly signal?: AbortSignal }, T>(
  context: C,
  compile: (context: C) => Promise<T>,
): Promise<T> {
  const loaded = new Map<string, LoadedRows>();
  let characters = 0;
  for (;;) {
    try {
      return await compile({ ...context, loaded });
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      const refuse = (text: string): never => {
        throw new MailhuntError('KQL0006', { text }, { span: error.span });
      };
      if (loaded.size >= MAX_SOURCES) refuse(`it reads more than ${MAX_SOURCES} sources from outside`);
      const rows = await load(error, context.signal);
      characters += rows.rows.length;
      if (characters > MAX_CHARACTERS) refuse(`its sources from outside have more than ${MAX_CHARACTERS} characters`);
      loaded.set(error.source.key, rows);
    }
  }
}

/** What goes wrong is told of the place that asks for the rows. */
async function load({ source, span }: NotLoaded, signal: AbortSignal | undefined): Promise<LoadedRows> {
  try {
    return await source.load(signal);
  } catch (error) {
    if (!(error instanceof MailhuntError) || error.span !== undefined) throw error;
    throw new MailhuntError(error.code, error.facts as never, { span, cause: error });
  }
}
