import { MailhuntError, type Span } from '../../errors/index.ts';
import type { Plan } from '../plan/index.ts';

/**
 * A function takes a constant where the text has a `toscalar` (`matches regex`). Where there is an engine to ask, its value
 * is learned and stands for it from then on; elsewhere this is the error that a person reads.
 */
export class OpenValue extends MailhuntError<'KQL0005'> {
  /** What the `toscalar` reads: the first column of its first row is a text. */
  readonly plan: Plan;

  constructor(what: string, text: string, plan: Plan, span: Span) {
    super('KQL0005', { what, text }, { span });
    this.plan = plan;
  }
}
