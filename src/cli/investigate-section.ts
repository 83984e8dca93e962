import type { reportSections } from '../investigate/index.ts';
import { harmless } from './harmless.ts';
import { cut, padded, widthOf } from './width.ts';
import { wrapped } from './wrap.ts';

type Section = ReturnType<typeof reportSections>['story'][number];
type Facts = ReturnType<typeof reportSections>['facts'];

/** Rows of a list on a terminal. */
const MOST = 30;
const INDENT = '  ';
const GAP = '  ';
/** Tables of so few columns are read row by row, and nothing of them is cut; wider ones are looked over. */
const READ = 4;
/** A column narrower than this says nothing. */
const NARROWEST = 6;

/** Words over several lines, each behind the same margin. */
export function inset(text: string, width: number, margin: string): readonly string[] {
  const room = Math.max(30, width - margin.length);
  return wrapped(text, room, room).map((line) => `${margin}${line}`);
}

/** Words behind a mark, `1.` or a time, on whose right they stay. */
export const behind = (mark: string, text: string, width: number): readonly string[] =>
  inset(text, width, ' '.repeat(widthOf(mark))).map((line, i) => (i === 0 ? `${mark}${line.trimStart()}` : line));

/** The lines of a report's section below its heading, none of them wider than the terminal. */
export function sectionLines(section: Section | Facts, width: number): readonly string[] {
  if (section.kind === 'sentences') return section.sentences.flatMap((one) => inset(harmless(one), width, INDENT));
  if (section.kind === 'facts') {
    const column = Math.max(...section.facts.map(([name]) => name.length));
    return section.facts.flatMap(([name, value]) => behind(`${INDENT}${name.padEnd(column)} `, harmless(value), width));
  }
  const rows = section.rows.slice(0, MOST).map((row) => row.map(harmless));
  const more = section.rows.length + section.more - rows.length;
  const lines =
    section.columns.length <= READ
      ? read(
          // A column without a name is for pages that sort and colour by it.
          rows.map((row) => row.filter((_, i) => section.columns[i] !== '')),
          width,
        )
      : lookedOver([section.columns, ...rows], width);
  return more > 0 ? [...lines, `${INDENT}… and ${more} more`] : lines;
}

/** The first cell of each row in a column of its own where there is room, the others behind it. */
function read(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const first = Math.max(...rows.map(([cell = '']) => widthOf(cell)));
  const isNarrow = first <= width / 3;
  return rows.flatMap(([cell = '', ...others]) => {
    const rest = others.filter(Boolean).join(GAP);
    return isNarrow
      ? behind(`${INDENT}${padded(cell, first, 'left')}${GAP}`, rest, width)
      : behind(INDENT, `${cell}${GAP}${rest}`.trimEnd(), width);
  });
}

/** Aligned columns below their names; where all are too wide together the widest give way, but never the first: the time. */
function lookedOver(rows: readonly (readonly string[])[], width: number): readonly string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((row) => widthOf(row[i] ?? ''))));
  const room = width - INDENT.length - GAP.length * (columns - 1);
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths.slice(1)), 1);
    if (widths[widest]! <= NARROWEST) break;
    widths[widest]! -= 1;
  }
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => padded(cut(cell, widths[i]!), widths[i]!, 'left')).join(GAP);
  return rows.map((row) => cut(`${INDENT}${line(row)}`.trimEnd(), width));
}
