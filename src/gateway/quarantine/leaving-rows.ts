import { compactJson, dynamic, parseJson, rowTable, type TableRows, ticks } from '../../ingest/index.ts';
import type { Leaving, Way } from './ledger.ts';
import type { Particulars } from './particulars.ts';

/** How Defender would say it: who did it, and where the message is then. */
const ways: Readonly<
  Record<Way, { readonly action: string; readonly type: string; readonly trigger: string; readonly location: string }>
> = {
  released: {
    action: 'Quarantine release',
    type: 'Redelivery',
    trigger: 'AdminAction',
    location: 'Inbox/folder',
  },
  removed: { action: 'Hard delete', type: 'Manual remediation', trigger: 'AdminAction', location: 'Deleted items' },
  expired: {
    action: 'Hard delete',
    type: 'Automated Remediation',
    trigger: 'SpecialAction',
    location: 'Deleted items',
  },
};

/** A message that left, for one of its recipients, with the row that EmailEvents has of it. */
interface Left {
  readonly leaving: Leaving;
  /** A column of that row, empty where it has none. */
  readonly event: (column: string) => string;
}

const table = rowTable<Left>('EmailPostDeliveryEvents', {
  Timestamp: ({ leaving }) => ticks(leaving.at),
  NetworkMessageId: ({ leaving }) => leaving.id,
  InternetMessageId: ({ event }) => event('InternetMessageId'),
  Action: ({ leaving }) => ways[leaving.kind].action,
  ActionType: ({ leaving }) => ways[leaving.kind].type,
  ActionTrigger: ({ leaving }) => ways[leaving.kind].trigger,
  ActionResult: () => 'Success',
  RecipientEmailAddress: ({ event }) => event('RecipientEmailAddress'),
  DeliveryLocation: ({ leaving }) => ways[leaving.kind].location,
  SourceLocation: () => 'Quarantine',
  ThreatTypes: ({ event }) => event('ThreatTypes'),
  DetectionMethods: ({ event }) => event('DetectionMethods'),
  ReportId: ({ leaving, event }) => `${leaving.id}-${event('RecipientEmailAddress')}-${leaving.kind}`,
  SenderFromAddress: ({ event }) => event('SenderFromAddress'),
  EmailDirection: ({ event }) => event('EmailDirection'),
});

/**
 * What the store learns when a message leaves quarantine: for each recipient a row of EmailPostDeliveryEvents, and its row of
 * EmailEvents again, with where the message is now. The store keeps the newest row of a message and recipient, as Defender's
 * stream has it (a new record when the location changes), so that nothing is counted twice, with `arg_max` or without.
 *
 * Who did it, and the policy and rule that had kept it, have no column in Defender's table: they stand in `_extra` (`ActionBy`,
 * `Policy`, `Rule`); who did it in AdditionalFields of EmailEvents, too, where policy and rule stand already.
 */
export function leavingRows(leaving: Leaving, { events, told }: Particulars): readonly TableRows[] {
  if (events === undefined) return [];
  const { columns } = events;
  const concerned = new Set(leaving.recipients.map((address) => address.toLowerCase()));
  const at = (name: string): number => columns.indexOf(name);
  const rows = events.rows
    .map((row) => parseJson(row) as unknown[])
    .filter((cells) => concerned.has(textAt(cells, at('RecipientEmailAddress')).toLowerCase()));
  if (rows.length === 0) return [];
  const extra = { ActionBy: leaving.by, Policy: told.policy, Rule: told.rule ?? '' };
  const eventOf = (cells: readonly unknown[]) => (column: string) => textAt(cells, at(column));
  return [
    {
      table: table.name,
      columns: table.columns,
      rows: rows.map((cells) => withExtra(table.row({ leaving, event: eventOf(cells) }), extra)),
    },
    {
      ...events,
      rows: rows.map((cells) => compactJson(cells.map((cell, place) => newest(columns[place], cell, leaving)))),
    },
  ];
}

/** A cell of the message's newer row. */
function newest(column: string | undefined, cell: unknown, { kind, at, by }: Leaving): unknown {
  if (column === 'LatestDeliveryLocation') return ways[kind].location;
  if (column === 'LatestDeliveryAction') return ways[kind].action;
  if (column !== 'AdditionalFields') return cell;
  const fields = JSON.parse(String(cell || '{}')) as Readonly<Record<string, unknown>>;
  const left = { Way: kind, At: new Date(at).toISOString(), ...(by !== '' && { By: by }) };
  return dynamic({ ...fields, Gate: { ...(fields.Gate as object | undefined), Left: left } });
}

const textAt = (cells: readonly unknown[], place: number): string =>
  typeof cells[place] === 'string' ? cells[place] : '';

/** A row with fields that its table has no column for: a JSON object behind the cells, without what is empty. */
const withExtra = (row: string, fields: Readonly<Record<string, string>>): string => {
  const told = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  return `${row.slice(0, -1)},${JSON.stringify(JSON.stringify(told))}]`;
};
