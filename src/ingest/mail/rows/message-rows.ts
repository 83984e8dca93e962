import type { JudgedMessage } from '../judged-message.ts';
import { checksOf, emailAuthentication } from './email-authentication.ts';
import { emailAttachmentInfo, emailUrlInfo } from './email-content.ts';
import { emailEvents } from './email-events.ts';
import { emailHeaders } from './email-headers.ts';

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

/**
 * Everything that a message leaves in the tables: EmailEvents a row for each recipient, EmailUrlInfo for each URL,
 * EmailAttachmentInfo for each file and recipient, EmailAuthentication for each check, EmailHeaders one.
 */
export function messageRows(judged: JudgedMessage, { withHeaderForm }: RowOptions): readonly TableRows[] {
  const { recipients, content } = judged;
  const of = ({ name, columns }: { name: string; columns: readonly string[] }, rows: readonly string[]): TableRows => ({
    table: name,
    columns,
    rows,
  });
  return [
    of(
      emailEvents,
      recipients.map((recipient) => emailEvents.row({ judged, recipient, withHeaderForm })),
    ),
    of(
      emailUrlInfo,
      content.urls.map((url, place) => emailUrlInfo.row({ judged, url, place })),
    ),
    of(
      emailAttachmentInfo,
      recipients.flatMap((recipient) =>
        content.attachments.map((file, place) => emailAttachmentInfo.row({ judged, recipient, file, place })),
      ),
    ),
    of(
      emailAuthentication,
      checksOf(judged).map((check) => emailAuthentication.row({ judged, check })),
    ),
    of(emailHeaders, [emailHeaders.row(judged)]),
  ].filter(({ rows }) => rows.length > 0);
}
