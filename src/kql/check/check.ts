import { MailhuntError } from '../../errors/index.ts';
import type { Said } from '../parse/index.ts';
import { inspect } from '../parse/index.ts';
import { type Compiled, compileOn, type RunContext, type RunnableTable } from '../query.ts';
import type { QueryContext } from '../query-context.ts';
import type { Engine } from '../run/engine.ts';
import type { Surroundings } from '../surroundings.ts';
import { nodesOf } from '../syntax/node.ts';
import { type DeclaredParameter, declaredParameters } from './declared-parameters.ts';
import { limitsTime } from './limits-time.ts';

/** What can be said of a query text while it is written: nothing has run, and nothing was loaded from outside. */
export interface CheckedText {
  /** What Microsoft's binder says. */
  readonly diagnostics: readonly Said[];
  /** What of ours is wrong with it beside that: something that is not supported, a mistake that their binder does not see. */
  readonly refusal: MailhuntError | undefined;
  readonly parameters: readonly DeclaredParameter[];
  /** True where the text itself says from when its rows are. */
  readonly limitsTime: boolean;
  /** What would run; undefined where it is refused, or where what runs depends on rows or on sources outside. */
  readonly compiled: Compiled<RunnableTable> | undefined;
}

/**
 * Checks a query text as an editor does: mistakes are found and named, not thrown. Columns that depend on rows
 * (`bag_unpack`) and sources outside are left open rather than asked for.
 *
 * @throws MailhuntError KQL0003, KQL0006, KQL0009, KQL0004 for a text that the parser cannot be given
 * @example (await checkText('EmailEvents | where Subjekt == ""', { catalog, now })).diagnostics[0].code // 'KS142'
 */
export async function checkText(text: string, context: QueryContext): Promise<CheckedText> {
  const { root, diagnostics } = inspect(text, context.catalog, context.surroundings);
  const tree = nodesOf(root, text);
  const said = { diagnostics, parameters: declaredParameters(tree), limitsTime: limitsTime(tree) };
  const open = new OpenEnds();
  try {
    const compiled = await compileOn(text, { ...context, ...open.around(context) });
    return { ...said, refusal: undefined, compiled: open.some ? undefined : withoutPlans(compiled) };
  } catch (error) {
    if (error instanceof NeedsRows) return { ...said, refusal: undefined, compiled: undefined };
    if (!(error instanceof MailhuntError)) throw error;
    return { ...said, refusal: isSaid(error, diagnostics) ? undefined : error, compiled: undefined };
  }
}

/** Stops a compilation that asks for rows. */
class NeedsRows extends Error {}

const mute: Engine = {
  // biome-ignore lint/correctness/useYield: it has nothing to give
  texts: async function* () {
    throw new NeedsRows();
  },
  plan: () => Promise.reject(new NeedsRows()),
};

/** Sources outside that have their columns and no rows; whether one was asked for. */
class OpenEnds {
  some = false;

  around({ surroundings }: QueryContext): Pick<RunContext, 'engine' | 'surroundings'> {
    return { engine: mute, ...(surroundings && { surroundings: this.#emptied(surroundings) }) };
  }

  #emptied(surroundings: Surroundings): Surroundings {
    const load = async () => {
      this.some = true;
      return { rows: '[]' };
    };
    return { ...surroundings, external: load, tables: surroundings.tables.map((table) => ({ ...table, load })) };
  }
}

/** The compiler refuses with the binder's words what the binder has said already. */
const isSaid = (error: MailhuntError, diagnostics: readonly Said[]): boolean =>
  error.code === 'KQL0001' && diagnostics.some(({ severity }) => severity === 'Error');

const withoutPlans = ({ tables, ...rest }: Compiled): Compiled<RunnableTable> => ({
  ...rest,
  tables: tables.map(({ plan: _, ...table }) => table),
});
