/** What a source is written in. */
export const formats = ['jsonl', 'json', 'csv'] as const;
export type Format = (typeof formats)[number];

const WORKBOOK = 'PK\u0003\u0004';
/** A NUL among so many first bytes is none of a text. */
const BINARY_HEAD = 512;
/** So many first lines are looked at. */
const LINES = 20;

/**
 * The format of a source, from its first bytes and, where they leave it open, its name. Undefined where it is none of ours.
 *
 * @example formatOf(Buffer.from('{"records":[]}\n{"records":[]}\n'), 'PT1H.json') // 'jsonl'
 */
export function formatOf(head: Buffer, name: string): Format | undefined {
  const text = head.toString().trimStart();
  if (text === '') return 'jsonl';
  if (text.startsWith(WORKBOOK)) return undefined;
  if (text.startsWith('[')) return 'json';
  const lines = text.split('\n', LINES);
  // A document printed over several lines has no line that is an object and begins at the margin.
  if (text.startsWith('{')) return lines.some(isObject) ? 'jsonl' : 'json';
  if (/\.(?:jsonl|ndjson)(?:\.gz)?$/i.test(name)) return 'jsonl';
  if (/\.(?:csv|tsv)(?:\.gz)?$/i.test(name)) return 'csv';
  if (head.subarray(0, BINARY_HEAD).includes(0)) return undefined;
  if (/[,;\t]/.test(lines[0] ?? '')) return 'csv';
  if (lines.some(isObject)) return 'jsonl';
  return undefined;
}

function isObject(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
