/** A container that is not read: what it is, and how mail comes out of it. */
export interface Foreign {
  readonly what: string;
  readonly advice: string;
}

interface Known extends Foreign {
  /** The first bytes, as latin1. */
  readonly head: RegExp;
  /** Where the bytes alone leave it open. */
  readonly name?: RegExp;
}

const unpack = 'Unpack it and ingest the folder.';

const known: readonly Known[] = [
  {
    head: /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/,
    // Word and Excel of old lie in the same container.
    name: /(?:^|[\\/])[^.\\/]*$|\.(?:msg|oft)$/i,
    what: 'an Outlook message (.msg)',
    advice: 'Save it as .eml in Outlook, or convert it: msgconvert FILE.msg',
  },
  {
    head: /^!BDN/,
    what: 'an Outlook data file (.pst, .ost)',
    advice: 'Take the messages out and ingest the folder: readpst -e -o FOLDER FILE.pst',
  },
  {
    head: /^\d{1,10}[ \t]*\r?\n[!-9;-~]+[ \t]*:/,
    name: /\.emlx$/i,
    what: 'a file of Apple Mail’s own (.emlx)',
    advice: 'In Apple Mail, choose Mailbox > Export Mailbox, and ingest the .mbox that it writes.',
  },
  { head: /^BZh[1-9]/, what: 'compressed with bzip2', advice: unpack },
  { head: /^\xfd7zXZ\0/, what: 'compressed with xz', advice: unpack },
  { head: /^\x28\xb5\x2f\xfd/, what: 'compressed with zstd', advice: unpack },
  { head: /^7z\xbc\xaf\x27\x1c/, what: 'a 7-Zip archive', advice: unpack },
  { head: /^Rar!\x1a\x07/, what: 'a RAR archive', advice: unpack },
];

/**
 * What a file is that may hold mail and cannot be read here; undefined for all others.
 *
 * @example foreignMail(Buffer.from('!BDN'), 'mail.pst')?.what // 'an Outlook data file (.pst, .ost)'
 */
export function foreignMail(head: Buffer, name: string): Foreign | undefined {
  const text = head.toString('latin1', 0, 200);
  return known.find((one) => one.head.test(text) && (one.name?.test(name) ?? true));
}

/** Whether a file in a folder may be one of these, by its name. */
export const mayBeForeign = (path: string): boolean =>
  /\.(?:msg|oft|pst|ost|emlx|bz2|tbz2?|xz|txz|zst|7z|rar)$/i.test(path);
