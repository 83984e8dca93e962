import type { JudgedMessage } from '../judged-message.ts';
import { checksOf, emailAuthentication } from './email-authentication.ts';
import { type DeliveredFile, emailAttachmentInfo, emailUrlInfo } from './email-content.ts';
import { emailEvents } from './email-events.ts';
import { emailHeaders } from './email-headers.ts';
import type { RowTable } from './row-table.ts';

/** Rows of one table, as a batch takes them. */
export interface TableRows {
  readonly table: string;
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

/** What rows may be told. */
export interface RowOptions {
  /** Whether AuthenticationDetails holds the words in the header's form too. */
  readonly withHeaderForm: boolean;
}

/** Recipients of one message that get rows. */
const RECIPIENTS = 500;

/**
 * Characters that the rows of one table may have for one message. Files times recipients, or long lists of addresses times
 * recipients, make a hundred megabytes of a message of a hundred kilobytes.
 */
const ROW_CHARACTERS = 8 << 20;

/**
 * Everything that a message leaves in the tables: EmailEvents a row for each recipient, EmailUrlInfo for each URL,
 * EmailAttachmentInfo for each file and recipient, EmailAuthentication for each check, EmailHeaders one. What is
 * beyond {@link RECIPIENTS} and {@link ROW_CHARACTERS} is left out, and Problems in EmailHeaders says so.
 */
export function messageRows(found: JudgedMessage, { withHeaderForm }: RowOptions): readonly TableRows[] {
  const judged = { ...found, recipients: found.recipients.slice(0, RECIPIENTS) };
  const { recipients, content } = judged;
  const printed = [
    bounded(
      emailEvents,
      recipients.map((recipient) => ({ judged, recipient, withHeaderForm })),
    ),
    bounded(
      emailUrlInfo,
      content.urls.map((url, place) => ({ judged, url, place })),
    ),
    bounded(emailAttachmentInfo, deliveredFiles(judged)),
    bounded(
      emailAuthentication,
      checksOf(judged).map((check) => ({ judged, check })),
    ),
  ];
  const leftOut = [
    ...(found.recipients.length > RECIPIENTS ? [`more than ${RECIPIENTS} recipients`] : []),
    ...printed.filter(({ whole }) => !whole).map(({ table }) => `not all rows of ${table}`),
  ];
  return [...printed, bounded(emailHeaders, [{ ...judged, leftOut }])]
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, columns, rows }) => ({ table, columns, rows }));
}

function* deliveredFiles(judged: JudgedMessage): Generator<DeliveredFile> {
  for (const recipient of judged.recipients) {
    for (const [place, file] of judged.content.attachments.entries()) yield { judged, recipient, file, place };
  }
}

/** One row at least, and then as many as there is room for. */
function bounded<T>({ name, columns, row }: RowTable<T>, things: Iterable<T>): TableRows & { readonly whole: boolean } {
  const rows: string[] = [];
  let left = ROW_CHARACTERS;
  for (const thing of things) {
    if (left <= 0) return { table: name, columns, rows, whole: false };
    const printed = row(thing);
    rows.push(printed);
    left -= printed.length;
  }
  return { table: name, columns, rows, whole: true };
}
