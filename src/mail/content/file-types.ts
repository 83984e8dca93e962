/** Files known by how they begin. Sources: the formats' own specifications; `at` counts bytes, 0 where not said. */
interface Signature {
  readonly type: string;
  /** latin1. */
  readonly starts: string;
  readonly at?: number;
}

/**
 * Spelled as Defender's FileType: the narrow type, then behind `;` what it is made of. Pictures are one word, because
 * Microsoft's own hunts ask `FileType in ("png", "jpg", "gif", "svg")`.
 */
const SIGNATURES: readonly Signature[] = [
  { type: 'pdf', starts: '%PDF-' },
  { type: 'png', starts: '\x89PNG\r\n\x1a\n' },
  { type: 'jpg', starts: '\xff\xd8\xff' },
  { type: 'gif', starts: 'GIF8' },
  { type: 'bmp', starts: 'BM' },
  { type: 'webp', starts: 'WEBP', at: 8 },
  { type: 'tiff', starts: 'II*\0' },
  { type: 'tiff', starts: 'MM\0*' },
  { type: 'ico', starts: '\0\0\x01\0' },
  { type: 'rar', starts: 'Rar!\x1a\x07' },
  { type: '7z', starts: "7z\xbc\xaf'\x1c" },
  { type: 'gz', starts: '\x1f\x8b' },
  { type: 'bz2', starts: 'BZh' },
  { type: 'xz', starts: '\xfd7zXZ\0' },
  { type: 'cab', starts: 'MSCF' },
  { type: 'ace', starts: '**ACE**', at: 7 },
  { type: 'tar', starts: 'ustar', at: 257 },
  { type: 'iso', starts: 'CD001', at: 32769 },
  { type: 'exe', starts: 'MZ' },
  { type: 'elf', starts: '\x7fELF' },
  { type: 'class', starts: '\xca\xfe\xba\xbe' },
  { type: 'lnk', starts: 'L\0\0\0\x01\x14\x02\0' },
  { type: 'one', starts: '\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3' },
  { type: 'chm', starts: 'ITSF' },
  { type: 'rtf;text', starts: '{\\rtf' },
  { type: 'heic', starts: 'ftyphei', at: 4 },
  { type: 'heic', starts: 'ftypmif1', at: 4 },
  { type: 'avif', starts: 'ftypavif', at: 4 },
  { type: 'mp4', starts: 'ftyp', at: 4 },
  { type: 'emf', starts: ' EMF', at: 40 },
  { type: 'wmf', starts: '\xd7\xcd\xc6\x9a' },
  { type: 'mp3', starts: 'ID3' },
  { type: 'ogg', starts: 'OggS' },
  { type: 'wav', starts: 'WAVE', at: 8 },
  { type: 'avi', starts: 'AVI ', at: 8 },
  { type: 'pst', starts: '!BDN' },
  { type: 'tnef', starts: '\x78\x9f\x3e\x22' },
  { type: 'vhd', starts: 'conectix' },
  { type: 'vhdx', starts: 'vhdxfile' },
];

/** Pictures that hold pixels or strokes and nothing that acts: SVG, which can hold scripts, is none of them. */
export const pictureTypes: ReadonlySet<string> = new Set('png jpg gif bmp webp tiff ico heic avif emf wmf'.split(' '));

/** What a zip holds tells what it is: the first entry name found of these, within the part of the file that is looked at. */
const IN_ZIP: readonly (readonly [entry: string, type: string])[] = [
  ['word/', 'docx;zip'],
  ['xl/', 'xlsx;zip'],
  ['ppt/', 'pptx;zip'],
  ['visio/', 'vsdx;zip'],
  ['META-INF/MANIFEST.MF', 'jar;zip'],
  ['AndroidManifest.xml', 'apk;zip'],
  ['AppxManifest.xml', 'msix;zip'],
  ['application/epub+zip', 'epub;zip'],
  ['application/vnd.oasis.opendocument.text', 'odt;zip'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods;zip'],
  ['application/vnd.oasis.opendocument.presentation', 'odp;zip'],
];

/** OLE compound files by the names of their streams (UTF-16LE). */
const IN_OLE: readonly (readonly [stream: string, type: string])[] = [
  ['WordDocument', 'doc;ole'],
  ['Workbook', 'xls;ole'],
  ['PowerPoint Document', 'ppt;ole'],
  ['__properties_version1.0', 'msg;ole'],
];

/** Texts by how they begin, in order; blanks before are passed over. */
const TEXTS: readonly (readonly [form: RegExp, type: string])[] = [
  [
    /^(?:<\?xml\b[^>]{0,300}>\s{0,99})?(?:<!--[^>]{0,500}-->\s{0,99})?(?:<!DOCTYPE\s+svg\b[^>]{0,300}>\s{0,99})?<svg[\s>]/i,
    'svg',
  ],
  [/^(?:<\?xml\b[^>]{0,300}>\s{0,99})?<!DOCTYPE\s+html\b/i, 'html;text'],
  [/^<(?:html|head|body|script|table|div|meta|title|style|a|p|br|iframe|form)\b/i, 'html;text'],
  [/^(?:<\?xml\b[^>]{0,300}>\s{0,99})?<jnlp\b/i, 'jnlp;xml;text'],
  [/^<\?xml\b/, 'xml;text'],
  [/^BEGIN:VCALENDAR\b/i, 'ics;text'],
  [/^BEGIN:VCARD\b/i, 'vcf;text'],
  [/^\[InternetShortcut\]/i, 'url;text'],
  [
    /^(?:Received|Return-Path|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|DKIM-Signature|X-[\w-]{1,40}):[ \t]/i,
    'eml;text',
  ],
  [/^-----BEGIN /, 'pem;text'],
];

/** Texts that only their names tell apart. */
const BY_EXTENSION: ReadonlyMap<string, string> = new Map([
  ...'js jse vbs vbe ps1 bat cmd wsf hta csv json eml html ics css reg iqy'
    .split(' ')
    .map((name) => [`.${name}`, `${name};text`] as const),
  ['.htm', 'html;text'],
  ['.shtml', 'html;text'],
  ['.xhtml', 'html;text'],
  ['.svg', 'svg'],
]);

/** Bytes of a file that are searched for names of zip entries and OLE streams. */
const LOOKED_AT = 1 << 20;

/**
 * What a file is by its content, whatever its name says, spelled as Defender's FileType. Text whose content says nothing
 * more goes by its extension. Empty where nothing is known.
 *
 * @param extension with its dot, lower case
 * @example fileTypeOf(Buffer.from('%PDF-1.7'), '.txt') // 'pdf'
 */
export function fileTypeOf(bytes: Buffer, extension: string): string {
  if (startsWith(bytes, 'PK\x03\x04')) return zipType(bytes);
  if (startsWith(bytes, 'PK\x05\x06')) return 'zip';
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return oleType(bytes);
  const signature = SIGNATURES.find(({ starts, at }) => startsWith(bytes, starts, at));
  if (signature === undefined) return textType(bytes, extension);
  // "BMW" and "MZ" begin texts as well.
  const short = signature.starts.length < 4 && textHead(bytes) !== undefined;
  return short ? textType(bytes, extension) : signature.type;
}

const startsWith = (bytes: Buffer, starts: string, at = 0): boolean =>
  bytes[at] === starts.charCodeAt(0) && bytes.toString('latin1', at, at + starts.length) === starts;

function zipType(bytes: Buffer): string {
  // Entry names stand in the local headers and once more in the directory at the end.
  const ends = [bytes.subarray(0, LOOKED_AT), bytes.subarray(Math.max(LOOKED_AT, bytes.length - (1 << 16)))];
  const found = IN_ZIP.find(([entry]) => ends.some((part) => part.includes(entry, 0, 'latin1')));
  return found?.[1] ?? 'zip';
}

function oleType(bytes: Buffer): string {
  const found = IN_OLE.find(([stream]) => bytes.subarray(0, LOOKED_AT * 4).includes(stream, 0, 'utf16le'));
  return found?.[1] ?? 'ole';
}

function textType(bytes: Buffer, extension: string): string {
  const text = textHead(bytes);
  if (text === undefined) return '';
  const start = text.trimStart();
  const found = TEXTS.find(([form]) => form.test(start));
  return found?.[1] ?? BY_EXTENSION.get(extension) ?? (start === '' ? '' : 'txt;text');
}

/** How a file begins, when it is text; undefined when it is not. */
function textHead(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 2048);
  if (startsWith(head, '\xff\xfe')) return head.toString('utf16le', 2);
  if (startsWith(head, '\xef\xbb\xbf')) return head.toString('latin1', 3);
  const text = head.toString('latin1');
  return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? undefined : text;
}
