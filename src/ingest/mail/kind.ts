/** What a file with mail is. */
export type MailKind = 'eml' | 'mbox' | 'tar' | 'zip';

/** How a file is asked for with `--format`. */
export const mailKinds: readonly MailKind[] = ['eml', 'mbox', 'tar', 'zip'];

/** Enough of a file to tell what it is. */
export const KIND_HEAD = 4096;

const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;
const ZIP = 'PK\u0003\u0004';
const EMPTY_ZIP = 'PK\u0005\u0006';
const TAR_MAGIC = 257;
const MBOX = /^From (?![ \t]*:)(?:\r?\n|[^\r\n]*(?:\d\d:\d\d|-)[^\r\n]*\r?\n)/;
const HEADER = /^(?:From (?![ \t]*:)[^\r\n]*\r?\n)?(?:[!-9;-~]+[ \t]*:[^\n]*\n(?:[ \t][^\n]*\n)*){1,}/;
/** Names of fields of which a message has one at least within its first lines. */
const MAIL_FIELD =
  /^(?:received|return-path|delivered-to|x-original-to|from|to|subject|date|message-id|mime-version|dkim-signature|authentication-results|arc-seal|x-[!-9;-~]+|status|reply-to|sender|content-type|list-[a-z]+):/im;

/**
 * What kind of mail a file holds, from its first bytes (compression undone) and its name. Undefined where it is no mail:
 * exports of tables are told apart by `formatOf`.
 *
 * @example mailKindOf(Buffer.from('Received: from a.example\r\n'), '1.eml') // 'eml'
 */
export function mailKindOf(head: Buffer, name: string): MailKind | undefined {
  const text = head.toString('latin1', 0, KIND_HEAD).replace(BYTE_ORDER_MARK, '');
  if (text.startsWith(ZIP) || text.startsWith(EMPTY_ZIP)) return /\.(?:xlsx|docx|ods)$/i.test(name) ? undefined : 'zip';
  if (text.startsWith('ustar', TAR_MAGIC)) return 'tar';
  if (MBOX.test(text)) return 'mbox';
  if (/\.eml(?:\.gz)?$/i.test(name)) return 'eml';
  return HEADER.test(text) && MAIL_FIELD.test(text) ? 'eml' : undefined;
}

/** Whether a path in a folder could be mail, before it is opened: by its ending, or because it has none. */
export const mayBeMail = (path: string): boolean =>
  /\.(?:eml|mbox|mbx|tar|tgz|zip)(?:\.gz)?$/i.test(path) || isInMaildir(path) || !/\.[A-Za-z0-9]{1,5}$/.test(path);

/** The files of a Maildir lie in `cur` and `new`; their names end in anything. */
const isInMaildir = (path: string): boolean => /[\\/](?:cur|new)[\\/][^\\/]+$/.test(path);
