import { ask } from '../ask/ask.ts';
import type { EvidenceMeans } from '../means.ts';

/** What the store has of one table, up to now. */
export interface TableCoverage {
  readonly rows: number;
  /** ISO 8601; undefined where there are no rows. */
  readonly first: string | undefined;
  readonly last: string | undefined;
}

/** Tables that evidence is looked up in, with the column that says when. */
const timeColumns = {
  EmailEvents: 'Timestamp',
  EmailAuthentication: 'Timestamp',
  EmailHeaders: 'Timestamp',
  EmailUrlInfo: 'Timestamp',
  EmailAttachmentInfo: 'Timestamp',
  EmailPostDeliveryEvents: 'Timestamp',
  UrlClickEvents: 'Timestamp',
  AlertInfo: 'Timestamp',
  AlertEvidence: 'Timestamp',
  EntraIdSignInEvents: 'Timestamp',
  IdentityLogonEvents: 'Timestamp',
  SigninLogs: 'TimeGenerated',
  CloudAppEvents: 'Timestamp',
  OfficeActivity: 'TimeGenerated',
  DeviceProcessEvents: 'Timestamp',
  DeviceNetworkEvents: 'Timestamp',
  DeviceFileEvents: 'Timestamp',
} as const;

export type EvidenceTable = keyof typeof timeColumns;

/** What the store has of each table, and how many rows of `EmailEvents` went out or stayed inside. */
export interface Coverage {
  readonly of: (table: EvidenceTable) => TableCoverage;
  readonly sent: number;
}

const COVERAGE = `union
${Object.entries(timeColumns)
  .map(
    ([table, time]) =>
      `(${table} | summarize Rows = count(), First = min(${time}), Last = max(${time}) | extend Name = "${table}")`,
  )
  .join(',\n')},
(EmailEvents | where EmailDirection != "Inbound" | summarize Rows = count() | extend Name = "sent")`;

const known = new WeakMap<EvidenceMeans, Promise<Coverage>>();

/** Counts what the tables of the evidence hold, in one query, and once for the same means: an overview asks for every message. */
export function coverageOf(means: EvidenceMeans): Promise<Coverage> {
  const found = known.get(means) ?? counted(means);
  known.set(means, found);
  return found;
}

async function counted(means: EvidenceMeans): Promise<Coverage> {
  const [rows = []] = await ask(COVERAGE, {}, means);
  const found = new Map(
    rows.map((row) => [
      row.text('Name'),
      { rows: row.number('Rows') ?? 0, first: row.time('First'), last: row.time('Last') },
    ]),
  );
  const none: TableCoverage = { rows: 0, first: undefined, last: undefined };
  return { of: (table) => found.get(table) ?? none, sent: found.get('sent')?.rows ?? 0 };
}
