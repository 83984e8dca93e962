import { MailhuntError } from '../../errors/index.ts';

/**
 * Says no in the evaluator, for the reason that `sql` gives for the same call. Folding takes it as "leave this call", so
 * that printing can refuse it with its place; a null in its stead would be a wrong answer.
 */
export function refuseToEvaluate(name: string, reason: string): never {
  throw new MailhuntError('KQL0005', { what: name, text: reason });
}
