import { type Column, type Dynamic, parseDynamic } from '../values/index.ts';
import { cellOfJson } from './cell.ts';
import { counted } from './counted.ts';
import { readMapping, refuse } from './mapping.ts';

/** A step into a JSON value: a member's name or a place in an array. */
type Path = readonly (string | number)[];

/**
 * The rows of JSON: objects one after another, a line each or not, or in an array. A column is the member of its name, or
 * what the mapping's path leads to. Throws SyntaxError for what is no JSON.
 */
export function jsonRows(
  text: string,
  { columns, mapping }: { readonly columns: readonly Column[]; readonly mapping: string | undefined },
): (string | null)[][] {
  const paths = readMapping(mapping, columns, 'Path').map((path, i) =>
    path === undefined ? [columns[i]!.name] : path === null ? undefined : pathOf(path),
  );
  return [...counted(recordsIn(text))].map((record) =>
    columns.map(({ type }, i) => cellOfJson(paths[i] && at(record, paths[i]), type)),
  );
}

function* recordsIn(text: string): Generator<Dynamic> {
  for (const part of partsOf(text)) {
    const value = parseDynamic(part);
    if (value === undefined) throw new SyntaxError(`this is no JSON: ${part.trim().slice(0, 60)}`);
    if (Array.isArray(value)) yield* value;
    else yield value as Dynamic;
  }
}

/** The texts of the objects and arrays that stand side by side in a text, and of what stands between them. */
function* partsOf(text: string): Generator<string> {
  const sign = /["[{}\]]/g;
  let [depth, start] = [0, 0];
  for (let found = sign.exec(text); found !== null; found = sign.exec(text)) {
    const { 0: token, index } = found;
    if (token === '"') sign.lastIndex = endOfString(text, index);
    else if (token === '{' || token === '[') {
      if (depth++ > 0) continue;
      if (isContent(text.slice(start, index))) yield text.slice(start, index);
      start = index;
    } else if (token === '}' || token === ']') {
      if (--depth > 0) continue;
      yield text.slice(start, index + 1);
      start = index + 1;
      depth = 0;
    }
  }
  if (isContent(text.slice(start))) yield text.slice(start);
}

/** Behind the quotes that end a string, however long; the end of the text where there are none. */
function endOfString(text: string, open: number): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}

const isContent = (text: string): boolean => /[^\s,]/.test(text);

function at(value: Dynamic, path: Path): Dynamic | undefined {
  let found: Dynamic | undefined = value;
  for (const step of path) {
    if (found instanceof Map) found = found.get(String(step));
    else found = Array.isArray(found) && typeof step === 'number' ? found[step] : undefined;
  }
  return found;
}

const STEP = /\.([A-Za-z_]\w*)|\['((?:[^'\\]|\\.)*)'\]|\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]/y;

/** `$.data['a b'][0]` as steps. */
function pathOf(text: string): Path {
  const steps: (string | number)[] = [];
  for (STEP.lastIndex = 1; STEP.lastIndex < text.length; ) {
    const step = STEP.exec(text);
    if (text[0] !== '$' || step === null) return refuse(`the path ${text} is not read`);
    steps.push(step[4] === undefined ? (step[1] ?? step[2] ?? step[3] ?? '') : Number(step[4]));
  }
  return steps;
}
