import { type JudgedMessage, messageRows } from '../../ingest/index.ts';
import { type Row, valueOfHostText } from '../../kql/index.ts';
import { tableNamed } from '../../schema/index.ts';

const types = new Map((tableNamed('EmailEvents')?.columns ?? []).map(({ name, type }) => [name, type]));

/**
 * The rows of EmailEvents that a message will have, one for each recipient, as predicates read them.
 *
 * @example eventRows(judged)[0].get('SenderFromDomain') // 'bank.example'
 */
export function eventRows(judged: JudgedMessage): readonly Row[] {
  // A message to nobody has no row, and can be asked about all the same.
  const someone = judged.recipients.length > 0 ? judged : { ...judged, recipients: [{ address: '' }] };
  const table = messageRows(someone, { withHeaderForm: true }).find((one) => one.table === 'EmailEvents');
  return (table?.rows ?? []).map((text) => rowOf(table!.columns, text));
}

function rowOf(columns: readonly string[], text: string): Row {
  const cells = JSON.parse(text, exactly) as readonly (string | boolean | null)[];
  return new Map(
    columns.map((name, at) => {
      const cell = cells[at] ?? null;
      return [name, valueOfHostText(cell === null ? null : String(cell), types.get(name) ?? 'string')] as const;
    }),
  );
}

/** Ticks have more digits than a number keeps: numbers stay the text that they are. */
const exactly = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === 'number' ? (context?.source ?? String(value)) : value;
