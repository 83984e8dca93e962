/** What EmailHeaders and EmailEvents hold of a message's header. */
export interface StoredHeader {
  /** Names of the first fields, in order, lower case, with blanks between; empty where EmailHeaders has no row. */
  readonly names: string;
  /** The text of the topmost field of a name; undefined where no column holds it. */
  readonly textOf: (name: string) => string | undefined;
}

/** Header fields whose text EmailHeaders holds as it is. Of others, Sender or Reply-To, it holds addresses alone. */
export const headerColumns = {
  from: 'From',
  'in-reply-to': 'InReplyTo',
  references: 'References',
  'list-id': 'ListId',
  'list-unsubscribe': 'ListUnsubscribe',
  'list-post': 'ListPost',
  precedence: 'Precedence',
  'auto-submitted': 'AutoSubmitted',
  'x-originating-ip': 'OriginatingIP',
} as const;

const columns: ReadonlyMap<string, string> = new Map(Object.entries(headerColumns));

/** The column that holds the text of a field, by its lower-case name. */
export const columnOf = (name: string): string | undefined => columns.get(name);

/** Names that a row lists, and characters of a field that it holds, at most. */
const NAMES = 200;
const LENGTH = 2000;

/**
 * The values of a header field; undefined where the tables do not hold them all.
 *
 * @param name lower case
 * @example valuesOf({ names: 'from subject', textOf: () => 'Hi' }, 'list-id') // []
 */
export function valuesOf({ names, textOf }: StoredHeader, name: string): readonly string[] | undefined {
  const text = textOf(name);
  if (names === '') return text === undefined || name !== 'subject' ? undefined : [text];
  const all = names.split(' ');
  if (all.length >= NAMES) return undefined;
  const fields = all.filter((one) => one === name).length;
  if (fields === 0) return [];
  return fields === 1 && text !== undefined && text.length < LENGTH ? [text] : undefined;
}
