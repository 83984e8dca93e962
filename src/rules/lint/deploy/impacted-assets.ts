/** Columns by which Defender knows whom an alert is about, as data. */
const page = 'https://learn.microsoft.com/defender-xdr/custom-detection-rules#required-columns-in-the-query-results';

/** One of these must be in the result of a custom detection. */
export const assetColumns: readonly string[] = [
  ...['DeviceId', 'DeviceName', 'RemoteDeviceName', 'RecipientEmailAddress', 'SenderFromAddress'],
  ...['SenderMailFromAddress', 'SenderObjectId', 'RecipientObjectId', 'AccountObjectId', 'AccountSid', 'AccountUpn'],
  ...['InitiatingProcessAccountSid', 'InitiatingProcessAccountUpn', 'InitiatingProcessAccountObjectId'],
];

export const requiredColumnsPage = page;

/** What an alert needs to find its events again, by the beginning of the table's name. */
const recordColumns: readonly (readonly [string, readonly string[]])[] = [
  ['Device', ['DeviceId', 'ReportId']],
  ['Alert', []],
  ['Observation', ['ObservationId']],
];

/** The columns that lead from an alert back to its events. */
export const recordColumnsOf = (table: string): readonly string[] =>
  recordColumns.find(([prefix]) => table.startsWith(prefix))?.[1] ?? ['ReportId'];
