import { TICKS_PER_DAY, TICKS_PER_HOUR } from '../../src/values/index.ts';
import type { Row, Tables } from './demo-tables.ts';

/**
 * What the seven published hunts must find in the demo, worked out over the rows in TypeScript and not in KQL, so that
 * the demo can be checked without the engine and the engine against the demo.
 */
export interface Evidence {
  readonly ownDomainTemperrors: readonly Row[];
  /** All mail and mail with a failed signature, for each of the 30 whole days before today. */
  readonly days: readonly { readonly all: number; readonly dkimFailed: number; readonly weekday: number }[];
  readonly lastHourForgeries: readonly Row[];
  readonly lastHourMismatchOnly: readonly Row[];
  readonly dmarcFailures: readonly Row[];
  readonly failingSenders: ReadonlyMap<string, readonly Row[]>;
  /** One for each pair of a failed message's row and a click on it. */
  readonly clicksOnFailures: readonly { readonly email: Row; readonly click: Row }[];
  /** Rows of the outer join: the pairs, and the failures without a click. */
  readonly joinedRows: number;
}

const verdict = (row: Row): Record<string, string> =>
  row.AuthenticationDetails === '' ? {} : JSON.parse(row.AuthenticationDetails as string);

const ticks = (row: Row): bigint => row.Timestamp as bigint;

export function evidenceOf(tables: Tables, now: bigint): Evidence {
  const emails = tables.EmailEvents!;
  const today = now - (now % TICKS_PER_DAY);
  const dmarcFailures = emails.filter((row) => verdict(row).DMARC === 'fail');
  const lastHour = emails.filter((row) => ticks(row) > now - TICKS_PER_HOUR && row.EmailDirection === 'Inbound');
  const delivered = lastHour.filter((row) => row.DeliveryAction !== 'Blocked');
  const clicks = groupBy(tables.UrlClickEvents!, (click) => click.NetworkMessageId);
  const clicksOnFailures = dmarcFailures.flatMap((email) =>
    (clicks.get(email.NetworkMessageId!) ?? []).map((click) => ({ email, click })),
  );
  const unclicked = dmarcFailures.filter((email) => !clicks.has(email.NetworkMessageId!));
  return {
    ownDomainTemperrors: emails.filter(isOwnDomainTemperror),
    days: Array.from({ length: 30 }, (_, day) => dayOf(emails, today - BigInt(30 - day) * TICKS_PER_DAY)),
    lastHourForgeries: delivered.filter(failsAll),
    lastHourMismatchOnly: delivered.filter((row) => !failsAll(row) && differs(row)),
    dmarcFailures,
    failingSenders: groupBy(dmarcFailures, (row) => row.SenderFromAddress as string),
    clicksOnFailures,
    joinedRows: clicksOnFailures.length + unclicked.length,
  };
}

const isOwnDomainTemperror = (row: Row): boolean =>
  row.EmailDirection === 'Inbound' &&
  ['contoso.com', 'fabrikam.fr'].includes(row.SenderMailFromDomain as string) &&
  (verdict(row).SPF === 'temperror' || verdict(row).DMARC === 'temperror');

function failsAll(row: Row): boolean {
  const { SPF = '', DKIM = '', DMARC = '' } = verdict(row);
  return (
    ['fail', 'softfail', 'none'].includes(SPF) &&
    ['fail', 'none'].includes(DKIM) &&
    ['fail', 'none', 'bestguesspass'].includes(DMARC)
  );
}

const differs = (row: Row): boolean => row.SenderFromDomain !== row.SenderMailFromDomain;

function dayOf(emails: readonly Row[], start: bigint): Evidence['days'][number] {
  const rows = emails.filter((row) => ticks(row) >= start && ticks(row) < start + TICKS_PER_DAY);
  const dkimFailed = rows.filter((row) => verdict(row).DKIM === 'fail').length;
  // 0001-01-01, where ticks begin, was a Monday.
  return { all: rows.length, dkimFailed, weekday: Number((start / TICKS_PER_DAY + 1n) % 7n) };
}

export function groupBy<K>(rows: readonly Row[], key: (row: Row) => K): Map<K, Row[]> {
  const groups = new Map<K, Row[]>();
  for (const row of rows) groups.set(key(row), [...(groups.get(key(row)) ?? []), row]);
  return groups;
}
