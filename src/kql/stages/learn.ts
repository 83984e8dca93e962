import { MailhuntError } from '../../errors/index.ts';
import { improve } from '../improve/index.ts';
import { isLarger, MAX_NODES, type Plan } from '../plan/index.ts';
import { print } from '../print/index.ts';
import type { QueryContext } from '../query-context.ts';
import type { Warning } from '../run/answer.ts';
import type { Engine } from '../run/engine.ts';
import { fingerprint, LearnedText } from './learned-text.ts';
import { NamedSources } from './named-sources.ts';
import { type LearnedColumn, OpenColumns } from './open-columns.ts';
import { OpenValue } from './open-value.ts';

/** Learning queries that one query text may need. */
const MAX_STAGES = 20;
/** Places at which one query text may get the names of tables. */
const MAX_NAMED = 50;

/** What learning runs on. */
interface LearnContext extends QueryContext {
  readonly engine: Engine;
  readonly signal?: AbortSignal;
}

/**
 * Compiles a text whose plugins' columns depend on data: each time that one stops the compilation, its columns are asked
 * of the engine, written behind it, and the text is compiled again; so it is with tables that have to be named and values
 * that have to be constants. Places of errors and warnings are those of the text as it was given.
 */
export async function learnColumns<T extends { readonly warnings: readonly Warning[] }>(
  original: string,
  context: LearnContext,
  compile: (text: LearnedText) => T,
): Promise<T> {
  let text = new LearnedText(original);
  for (;;) {
    try {
      const compiled = compile(text);
      return { ...compiled, warnings: compiled.warnings.map((warning) => placed(warning, text)) };
    } catch (error) {
      if (error instanceof NamedSources && text.named < MAX_NAMED) text = text.withNames(error.place, error.text);
      else if (error instanceof OpenColumns) text = await answered(error, text, context);
      else if (error instanceof OpenValue && text.size < MAX_STAGES) text = await valued(error, text, context);
      else throw moved(error, text);
    }
  }
}

async function answered(open: OpenColumns, text: LearnedText, context: LearnContext): Promise<LearnedText> {
  const refuse = (words: string): never => {
    throw moved(new MailhuntError('KQL0005', { what: open.facts.what, text: words }, { span: open.span! }), text);
  };
  if (text.size >= MAX_STAGES) return refuse(`more than ${MAX_STAGES} inputs have columns that depend on data`);
  if (isLarger(open.question.plan, MAX_NODES)) return refuse('its input is too large');
  const columns = await columnsOf(open, text, context);
  const known = text.at(open.at);
  if (known !== undefined && !sameColumns(known.columns, columns))
    return refuse('its function is called with inputs that give it different columns; write the columns behind it');
  const inputs = new Set([...(known?.inputs ?? []), fingerprint(open.question.plan)]);
  return text.with(open.at, { columns, inputs });
}

/** The text with the value that a function takes for a constant; of a table without rows it is empty. */
async function valued(open: OpenValue, text: LearnedText, context: LearnContext): Promise<LearnedText> {
  const { plan } = open;
  if (isLarger(plan, MAX_NODES)) throw moved(open, text);
  const first: Plan = { kind: 'take', input: plan, count: 1, schema: plan.schema };
  const [row] = await rowsOf(first, context);
  return text.withValue(plan, row?.[0] ?? '');
}

async function rowsOf(plan: Plan, { catalog, engine, signal }: LearnContext): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const block of engine.texts(print(improve(plan, catalog), catalog).rowsSql, signal))
    for (const row of block) rows.push(JSON.parse(row));
  return rows;
}

async function columnsOf(
  { question }: OpenColumns,
  text: LearnedText,
  context: LearnContext,
): Promise<readonly LearnedColumn[]> {
  const rows = await rowsOf(question.plan, context);
  try {
    return question.columns(rows);
  } catch (error) {
    throw moved(error, text);
  }
}

const sameColumns = (a: readonly LearnedColumn[], b: readonly LearnedColumn[]): boolean =>
  signature(a) === signature(b);
const signature = (columns: readonly LearnedColumn[]): string =>
  JSON.stringify(columns.map(({ name, type, fromData }) => [name, type, fromData]));

const placed = (warning: Warning, text: LearnedText): Warning =>
  warning.span === undefined ? warning : { ...warning, span: text.original(warning.span) };

/** The error at its place in the text as it was given. */
function moved(error: unknown, text: LearnedText): unknown {
  if (!(error instanceof MailhuntError) || error.span === undefined || text.isGiven) return error;
  const { code, facts, foreignCode, cause } = error;
  const span = text.original(error.span);
  return new MailhuntError(code, facts, { span, cause, ...(foreignCode !== undefined && { foreignCode }) });
}
