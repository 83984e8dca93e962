import { MailhuntError, type Span } from '../../errors/index.ts';
import type { Column } from '../../values/index.ts';
import type { Plan } from '../plan/index.ts';

/** A column of a plugin's result; `fromData` tells what the plugin makes from what it takes over from its input. */
export interface LearnedColumn extends Column {
  readonly fromData: boolean;
}

/** A learning query, and the columns that its rows tell. */
export interface Question {
  /** Rows of texts; no more than a few thousand. */
  readonly plan: Plan;
  /** The columns of the plugin's result, all of them in order; refuses by name what cannot be columns. */
  readonly columns: (rows: readonly (readonly string[])[]) => readonly LearnedColumn[];
}

/**
 * The columns of a plugin depend on data. Where there is an engine to ask this is caught and answered, elsewhere it is
 * the error that a person reads.
 */
export class OpenColumns extends MailhuntError<'KQL0005'> {
  readonly question: Question;
  /** Where the columns may be written: behind the plugin's call. */
  readonly at: number;

  constructor(plugin: string, span: Span, question: Question) {
    const text = `its columns depend on the data; write them behind it: ${plugin}(…) : (Name:string, …)`;
    super('KQL0005', { what: `the plugin ${plugin}`, text }, { span });
    this.question = question;
    this.at = span.start + span.length;
  }
}
