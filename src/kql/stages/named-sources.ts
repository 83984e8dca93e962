import { MailhuntError, type Span } from '../../errors/index.ts';
import { quotedName } from './quoted-name.ts';

/**
 * What stands for several tables stands for others than the binder takes it for: `restrict access` hides some, or `let`
 * has defined views beside them. Where the text may be compiled again the names are written out, elsewhere this is the
 * error that a person reads.
 */
export class NamedSources extends MailhuntError<'KQL0005'> {
  /** The part of the text that the names take the place of; of no length where they stand before it. */
  readonly place: Span;
  readonly text: string;

  constructor(what: string, place: Span, names: readonly string[], around = (list: string): string => list) {
    super('KQL0005', { what, text: 'write the names of the tables that it stands for here' }, { span: place });
    this.place = place;
    this.text = around(names.map(quotedName).join(', '));
  }
}
