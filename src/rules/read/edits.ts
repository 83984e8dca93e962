import { Document, Scalar } from 'yaml';
import type { FieldValue } from './members.ts';
import { type Entry, entryOf, type MapTree } from './tree.ts';

/** A stretch of a file's text, and what is to stand there instead. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

/**
 * The edit that gives a field of a YAML or JSON document a value, or takes the field away where the value is undefined.
 * Undefined where a map on the way is missing; none is needed where there was nothing to take away.
 */
export function fieldEdits(text: string, root: MapTree, { path, value }: FieldValue): readonly Edit[] | undefined {
  let map = root;
  for (const step of path.slice(0, -1)) {
    const below = entryOf(map, step)?.value;
    if (below?.kind !== 'map') return value === undefined ? [] : undefined;
    map = below;
  }
  const name = path.at(-1)!;
  const entry = entryOf(map, name);
  const isFlow = text[map.start] === '{';
  if (value === undefined) return entry === undefined ? [] : [removal(text, map, entry, isFlow)];
  const edit = isFlow ? flowEdit : blockEdit;
  return [edit(text, map, entry, name, value)];
}

function removal(text: string, { entries }: MapTree, entry: Entry, isFlow: boolean): Edit {
  const at = entries.indexOf(entry);
  if (isFlow) {
    const [before, after] = [entries[at - 1], entries[at + 1]];
    const start = before === undefined ? entry.keyStart : before.end;
    return { start, end: before === undefined && after !== undefined ? after.keyStart : entry.end, insert: '' };
  }
  const start = text.lastIndexOf('\n', entry.keyStart - 1) + 1;
  return { start, end: text[entry.end - 1] === '\n' ? entry.end : lineEnd(text, entry.end), insert: '' };
}

const lineEnd = (text: string, from: number): number => {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found + 1;
};

/** Between braces: JSON, which YAML takes too. */
function flowEdit(
  text: string,
  { entries, start }: MapTree,
  entry: Entry | undefined,
  name: string,
  value: unknown,
): Edit {
  const sample = entry ?? entries[0];
  const margin = sample === undefined ? '' : marginOf(text, sample.keyStart);
  const written = `${JSON.stringify(name)}: ${JSON.stringify(value, null, margin.length > 0 ? 2 : 0).replaceAll('\n', `${breakOf(text)}${margin}`)}`;
  if (entry !== undefined) return { start: entry.keyStart, end: entry.end, insert: written };
  const last = entries.at(-1);
  if (last === undefined) return { start: start + 1, end: start + 1, insert: written };
  return {
    start: last.end,
    end: last.end,
    insert: margin === '' ? `, ${written}` : `,${breakOf(text)}${margin}${written}`,
  };
}

/** The blanks that a line begins with, where nothing else stands before a place in it. */
function marginOf(text: string, at: number): string {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return before.trim() === '' ? before : '';
}

function blockEdit(text: string, { entries }: MapTree, entry: Entry | undefined, name: string, value: unknown): Edit {
  const sample = entry ?? entries[0]!;
  const column = sample.keyStart - (text.lastIndexOf('\n', sample.keyStart - 1) + 1);
  const lines = yamlPair(name, value, entry === undefined ? '' : (text[entry.value.start] ?? ''))
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => (line === '' ? '' : ' '.repeat(column) + line));
  const written = lines.join(breakOf(text));
  const place = entry ?? entries.at(-1)!;
  const endsLine = text[place.end - 1] === '\n';
  if (entry !== undefined) {
    return { start: entry.keyStart, end: entry.end, insert: written.slice(column) + (endsLine ? breakOf(text) : '') };
  }
  const insert = endsLine ? written + breakOf(text) : breakOf(text) + written;
  return { start: place.end, end: place.end, insert };
}

const styles: Readonly<Record<string, Scalar.Type>> = {
  "'": Scalar.QUOTE_SINGLE,
  '"': Scalar.QUOTE_DOUBLE,
  '|': Scalar.BLOCK_LITERAL,
  '>': Scalar.BLOCK_FOLDED,
};

/** `name: value` as YAML; a text keeps the style that its first sign was of, one of several lines is a block. */
function yamlPair(name: string, value: unknown, sign: string): string {
  if (typeof value !== 'string') return new Document({ [name]: value }).toString({ lineWidth: 0 });
  const scalar = new Scalar(value);
  scalar.type = styles[sign] ?? (value.includes('\n') ? Scalar.BLOCK_LITERAL : Scalar.PLAIN);
  // blank lines below a block would count to such a text
  const lastLine = value.replace(/\n$/, '').split('\n').at(-1) ?? '';
  if (lastLine.trim() === '') scalar.type = Scalar.QUOTE_DOUBLE;
  return new Document({ [name]: scalar }).toString({ lineWidth: 0 });
}

/** The break that the file's lines end with. */
export const breakOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');
