import { parenthesized, type RowPredicate } from '../kql/row-predicate.ts';
import type { MailItem } from '../mail-item.ts';
import type { Policy } from '../policy.ts';

/** The KQL predicates that some policies ask, each once. */
export function kqlPredicatesOf(policies: readonly Policy[]): readonly RowPredicate[] {
  const tests = policies.flatMap(({ rules }) =>
    rules.flatMap(({ when, unless }) => [...when, ...unless].flatMap((clause) => clause.tests)),
  );
  const values = tests.filter(({ predicate }) => predicate === 'KQL').map(({ value }) => value as RowPredicate);
  return [...new Map(values.map((value) => [value.source, value])).values()];
}

const columnAt = (at: number): string => `Kql${at}`;

/** Where an export leaves a column empty that a message always tells. */
const left: Readonly<Record<string, string>> = {
  EmailSize: 'isnull(EmailSize)',
  AttachmentCount: 'isnull(AttachmentCount)',
  UrlCount: 'isnull(UrlCount)',
  To: 'isempty(To)',
  Cc: 'isempty(Cc)',
  // Mail that came in raw says who checked it; where nobody did, nothing is what is to be said.
  AuthenticationDetails: 'isempty(AuthenticationDetails) and AdditionalFields !has "VerdictSource"',
};

/** The words in the header's form: a gate has them, a store by its settings, an export never. */
const withoutForm = 'isnotempty(AuthenticationDetails) and AuthenticationDetails !has "AuthenticationResults"';

/** Where a row does not tell what the gate would have known: in KQL, an `or` of conditions; empty for nowhere. */
const gapOf = ({ columns, readsDetailsAsText }: RowPredicate): string =>
  [...[...columns].flatMap((name) => left[name] ?? []), ...(readsDetailsAsText ? [withoutForm] : [])]
    .map((condition) => `(${condition})`)
    .join(' or ');

/** A gate decides before it looks for codes in pictures; the store counts what they say among the URLs. */
const CODES = `let Codes = EmailUrlInfo
| where Timestamp >= from - 1h and Timestamp < until + 1h and UrlLocation == "QRCode"
| summarize Codes = count() by NetworkMessageId;
`;
const WITHOUT_CODES = `| lookup kind=leftouter Codes on NetworkMessageId
| extend UrlCount = toint(UrlCount - coalesce(Codes, 0))
`;

/** Parts of the query over EmailEvents that answer predicates for a message: as at the gate, one of its rows is enough. */
export function kqlParts(predicates: readonly RowPredicate[]): {
  /** Before it: what it looks up. */
  readonly lets: string;
  /** Operators over the rows. */
  readonly rows: string;
  /** Columns of `summarize … by NetworkMessageId`, each with a comma before it: true, false, or null where it is not told. */
  readonly aggregates: string;
} {
  if (predicates.length === 0) return { lets: '', rows: '', aggregates: '' };
  const readsUrls = predicates.some(({ columns }) => columns.has('UrlCount'));
  const parts = predicates.map((predicate, at) => {
    const [name, gap] = [columnAt(at), gapOf(predicate)];
    const holds = `countif(${name}) > 0`;
    return {
      rows: `${name} = ${parenthesized(predicate.source)}${gap === '' ? '' : `, ${name}Gap = ${gap}`}`,
      aggregate: `, ${name} = ${gap === '' ? holds : `iff(countif(${name}Gap) > 0, bool(null), ${holds})`}`,
    };
  });
  return {
    lets: readsUrls ? CODES : '',
    rows: `${readsUrls ? WITHOUT_CODES : ''}| extend ${parts.map(({ rows }) => rows).join(', ')}\n`,
    aggregates: parts.map(({ aggregate }) => aggregate).join(''),
  };
}

/** What a row of the query answers to a predicate, as a gate does: by its text. */
export function kqlAnswers(
  predicates: readonly RowPredicate[],
): (row: Readonly<Record<string, unknown>>) => MailItem['kql'] {
  const columns = new Map(predicates.map(({ source }, at) => [source, columnAt(at)]));
  return (row) =>
    ({ source }) => {
      const answer = row[columns.get(source) ?? ''];
      return typeof answer === 'boolean' ? answer : undefined;
    };
}
