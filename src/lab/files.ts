import type { Attachment } from './message.ts';

/** The local header of a zip entry that is stored as it is and holds nothing. */
const zipEntry = (name: string): Buffer => {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04');
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name)]);
};

/** How files begin, by extension: that is what tells their types. */
const beginnings: Readonly<Record<string, Buffer>> = {
  '.pdf': Buffer.from('%PDF-1.7\n'),
  '.docx': zipEntry('word/document.xml'),
  '.html': Buffer.from('<html>\n'),
};

/** The content of a file: the beginning of its kind, then its mark, as often as the size takes. */
export function contentOf({ name, mark, size }: Attachment): Buffer {
  const beginning = beginnings[name.slice(name.lastIndexOf('.'))] ?? Buffer.alloc(0);
  return Buffer.concat([beginning, Buffer.alloc(size - beginning.length, `${mark}\n`)]);
}
