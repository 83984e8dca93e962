import type { MailhuntError } from '../../errors/index.ts';
import type { Rule } from '../../rules/index.ts';
import { errorText } from '../error-text.ts';
import { harmless } from '../harmless.ts';

type Span = NonNullable<MailhuntError['span']>;

/** ` line 12, column 3`: where in its file a place of a rule's query is; empty without a place. */
export function placeWords(rule: Rule, span: Span | undefined): string {
  const place = span === undefined ? undefined : rule.placeOf(span.start);
  return place === undefined ? '' : ` line ${place.line}, column ${place.column}`;
}

/** Why a rule is refused, with its name, its file and the place in it. */
export const refusalText = (rule: Rule, error: MailhuntError): string =>
  `${harmless(rule.name)} (${harmless(rule.provenance.path)}${placeWords(rule, error.span)}): ${errorText(error)}\n`;
