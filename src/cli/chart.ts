import type { Visualization } from '../kql/index.ts';
import type { Column } from '../values/index.ts';
import { isNumeric, textOf } from './cells.ts';
import { harmless } from './harmless.ts';
import { cut, padded, widthOf } from './width.ts';

/** A line of values over an axis. */
interface Series {
  readonly name: string;
  readonly labels: readonly string[];
  readonly values: readonly number[];
}

const HEIGHT = 8;
const BARS = 20;
const eighths = ' ▁▂▃▄▅▆▇█';
const overTime = new Set(['timechart', 'linechart', 'areachart', 'stackedareachart', 'anomalychart', 'scatterchart']);
const byName = new Set(['barchart', 'columnchart', 'piechart', 'card', 'treemap']);

/**
 * A small chart of a result, or undefined where `render` asked for none that text can draw.
 *
 * @param rows cells as JSON texts
 */
export function chartOf(
  visualization: Visualization | undefined,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string | undefined {
  if (visualization === undefined || rows.length === 0) return undefined;
  const { kind, properties } = visualization;
  const drawn = overTime.has(kind) ? 'columns' : byName.has(kind) ? 'bars' : undefined;
  const series = drawn && seriesOf(columns, rows, properties.xcolumn).slice(0, 6);
  if (series === undefined || series.length === 0) return undefined;
  const title = properties.title ? [harmless(properties.title)] : [];
  const draw = drawn === 'bars' ? barsOf : columnsOf;
  return [...title, ...series.map((line) => draw(line, width))].join('\n');
}

/** The numeric columns over the first date or other column; arrays of `make-series` are lines of their own. */
function seriesOf(columns: readonly Column[], rows: readonly (readonly string[])[], xName?: string): Series[] {
  const xIndex = columns.findIndex(({ name, type }) => (xName ? name === xName : type === 'datetime'));
  if (xIndex < 0 && columns.some(({ type }) => type === 'dynamic')) return arraysOf(columns, rows);
  const x = xIndex >= 0 ? xIndex : columns.findIndex((column) => !isNumeric(column));
  const order = rows.map((_, i) => i);
  if (columns[x]?.type === 'datetime') order.sort((a, b) => (rows[a]![x]! < rows[b]![x]! ? -1 : 1));
  return columns.flatMap((column, i) =>
    i !== x && isNumeric(column)
      ? [
          {
            name: column.name,
            labels: order.map((row) => (x >= 0 ? textOf(rows[row]![x]!) : column.name)),
            values: order.map((row) => Number(textOf(rows[row]![i]!)) || 0),
          },
        ]
      : [],
  );
}

function arraysOf(columns: readonly Column[], rows: readonly (readonly string[])[]): Series[] {
  return rows.flatMap((row) => {
    const lists = columns.map(({ type }, i) => (type === 'dynamic' ? listOf(row[i]!) : undefined));
    const labels = lists.find((list) => list?.every((item) => typeof item === 'string' && /^\d{4}-/.test(item)));
    const group = columns.flatMap(({ type }, i) => (type === 'dynamic' ? [] : [textOf(row[i]!)])).join(' ');
    return columns.flatMap(({ name }, i) => {
      const list = lists[i];
      if (list === undefined || list === labels || !list.every((item) => item === null || typeof item === 'number'))
        return [];
      const numbers = list.map((item) => Number(item ?? 0));
      return [{ name: group === '' ? name : `${name} ${group}`, labels: (labels ?? []).map(String), values: numbers }];
    });
  });
}

function listOf(cell: string): unknown[] | undefined {
  const value: unknown = JSON.parse(cell);
  return Array.isArray(value) && value.length > 0 ? value : undefined;
}

/** Upright columns of block characters; neighbours share one where there are more values than room. */
function columnsOf({ name, labels, values }: Series, width: number): string {
  const top = Math.max(0, ...values.filter(Number.isFinite));
  const axis = short(top);
  const room = Math.max(10, width - axis.length - 3);
  const share = Math.ceil(values.length / room);
  const thick = Math.max(1, Math.min(4, Math.floor(room / values.length)));
  const heights = Array.from({ length: Math.ceil(values.length / share) }, (_, i) =>
    Math.max(...values.slice(i * share, (i + 1) * share)),
  ).map((value) => (top > 0 ? Math.round((Math.max(0, value) / top) * HEIGHT * 8) : 0));
  const lines = Array.from({ length: HEIGHT }, (_, i) => {
    const floor = (HEIGHT - 1 - i) * 8;
    const cells = heights.map((h) => eighths[Math.max(0, Math.min(8, h - floor))]!.repeat(thick)).join('');
    const mark = i === 0 ? axis : i === HEIGHT - 1 ? '0' : '';
    return `${mark.padStart(axis.length)} │${cells.trimEnd()}`;
  });
  const drawn = heights.length * thick;
  const [from, to] = [dayOf(labels[0]), dayOf(labels.at(-1))];
  const gap = ' '.repeat(Math.max(1, drawn - from.length - to.length));
  const indent = ' '.repeat(axis.length + 1);
  return [harmless(name), ...lines, `${indent}└${'─'.repeat(drawn)}`, `${indent} ${from}${gap}${to}`].join('\n');
}

const dayOf = (label = ''): string => harmless(label.replace(/T00:00:00(?:\.0+)?Z$/, '').replace(/\.0+Z$/, 'Z'));

const short = (value: number): string =>
  Number.isInteger(value) ? value.toLocaleString('en') : String(Number(value.toPrecision(4)));

/** Lying bars, one a name. */
function barsOf({ name, labels, values }: Series, width: number): string {
  const top = Math.max(0, ...values.filter(Number.isFinite));
  const names = labels.slice(0, BARS).map((label) => cut(dayOf(label), Math.max(8, Math.floor(width / 3))));
  const numbers = values.slice(0, BARS).map(short);
  const label = Math.max(...names.map(widthOf));
  const number = Math.max(...numbers.map((text) => text.length));
  const room = Math.max(4, width - label - number - 4);
  const lines = names.map((text, i) => {
    const size = top > 0 ? Math.round((Math.max(0, values[i]!) / top) * room) : 0;
    return `${padded(text, label, 'left')}  ${numbers[i]!.padStart(number)}  ${'█'.repeat(size)}`;
  });
  const rest = values.length > BARS ? [`… ${values.length - BARS} more`] : [];
  return [harmless(name), ...lines, ...rest].join('\n');
}
