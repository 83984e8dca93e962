import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
} from 'yaml';
import { type ErrorCode, type Facts, MailhuntError } from '../errors/index.ts';
import { nearestName } from './nearest-name.ts';

/** What a file may cost. */
export interface YamlLimits {
  readonly bytes: number;
  /** Values in it. */
  readonly nodes: number;
}

/** Unless a file's reader says otherwise. */
export const MOST_BYTES = 64 * 1024;
const usual: YamlLimits = { bytes: MOST_BYTES, nodes: 10_000 };
const DEPTH = 12;
const ALIASES = 20;

/** What an error about a place in a file says. */
interface Slip {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** The errors of the catalogue that have exactly these slots. */
export type SlipCode = {
  [C in ErrorCode]: Slip extends Facts<C> ? (keyof Slip extends keyof Facts<C> ? C : never) : never;
}[ErrorCode];

/** A YAML file that is being read, and what it has cost so far. */
interface Source {
  readonly file: string;
  /** The code of an error of form. */
  readonly code: SlipCode;
  readonly text: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly limits: YamlLimits;
  nodes: number;
  aliases: number;
}

/** A node of a YAML file, with what an error about it says. */
export interface Spot {
  readonly source: Source;
  readonly node: Node | null;
  /** Where the node is, for one that is not there: UTF-16 units from the start. */
  readonly offset: number;
  /** What it is called: `attack.steps`. */
  readonly name: string;
  readonly depth: number;
}

/** Makes something of a node, or throws with its place. */
export type Reader<T> = (spot: Spot) => T;

/**
 * Parses a YAML file, up to its limits.
 *
 * @param file the name that errors show
 * @param code of the errors, whose slots are file, line, column and text
 * @throws MailhuntError with that code, line and column
 * @example shape({ name: text })(yamlSpot('name: x', 'a.yaml', 'LAB0001')).name // 'x'
 */
export function yamlSpot(text: string, file: string, code: SlipCode, limits: YamlLimits = usual): Spot {
  const lines = new LineCounter();
  const top = (offset: number, words: string): never => fail({ lines, file, code }, offset, words);
  if (/[\0\ufffd]/.test(text)) top(text.search(/[\0\ufffd]/), 'the text is not UTF-8');
  if (Buffer.byteLength(text) > limits.bytes) top(0, `the file is larger than ${sizeWords(limits.bytes)}`);
  const document = parsed(text, lines, top);
  const error = document.errors[0];
  if (error !== undefined)
    top(error.pos[0], /call stack/.test(error.message) ? 'the file is nested too deeply' : error.message);
  const source: Source = { file, code, text, document, lines, limits, nodes: 0, aliases: 0 };
  return spotOf(source, document.contents, 0, '', 0);
}

const sizeWords = (bytes: number): string => (bytes % (1 << 20) === 0 ? `${bytes >> 20} MB` : `${bytes >> 10} KB`);

/** Text that is nested very deeply ends the parser's stack. */
function parsed(text: string, lineCounter: LineCounter, top: (offset: number, words: string) => never): Document {
  try {
    // Its own check compares every key of a map with all before it, which takes seconds for a few thousand.
    return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false, merge: false });
  } catch (error) {
    return top(0, error instanceof RangeError ? 'the file is nested too deeply' : String(error));
  }
}

function fail({ lines, file, code }: Pick<Source, 'lines' | 'file' | 'code'>, offset: number, text: string): never {
  throw new MailhuntError(code, { file, ...placeIn(lines, offset), text });
}

/** Refuses what stands at a place. @param code where it is no mistake of form */
export const wrong = ({ source, offset, name }: Spot, words: string, code = source.code): never =>
  fail({ ...source, code }, offset, name === '' ? words : `${name}: ${words}`);

function spotOf(source: Source, node: Node | null, offset: number, name: string, depth: number): Spot {
  const spot = { source, node, offset: node?.range?.[0] ?? offset, name, depth };
  const { nodes } = source.limits;
  if (++source.nodes > nodes) wrong(spot, `more than ${nodes} values in one file`);
  if (depth > DEPTH) wrong(spot, `nested deeper than ${DEPTH}`);
  if (!isAlias(node)) return spot;
  if (++source.aliases > ALIASES) wrong(spot, `more than ${ALIASES} aliases in one file`);
  const target = node.resolve(source.document);
  return target === undefined ? wrong(spot, `there is no anchor ${node.source}`) : { ...spot, node: target };
}

/** What stands there, on one line. */
export function writtenAt({ source, node }: Spot): string {
  const [start, end] = node?.range ?? [0, 0];
  return source.text.slice(start, end).trim().replaceAll(/\s+/g, ' ');
}

/** Line and column, from 1. */
export const placeAt = ({ source, offset }: Spot): { readonly line: number; readonly column: number } =>
  placeIn(source.lines, offset);

function placeIn(lines: LineCounter, offset: number) {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** True for a single value: neither list nor map, nor nothing. */
export const isText = ({ node }: Spot): boolean => isScalar(node) && node.value !== null;

/** A text as it stands: `000` stays `000`. */
export const text: Reader<string> = (spot) => {
  const { node } = spot;
  if (!isScalar(node) || node.value === null) return wrong(spot, 'is a text');
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
};

/** A text of a form. @param what in words, for the error: `is a time such as 4m` */
export const textLike =
  (form: RegExp, what: string): Reader<string> =>
  (spot) => {
    const value = text(spot);
    return form.test(value) ? value : wrong(spot, `${JSON.stringify(value.slice(0, 80))} ${what}`);
  };

export const flag: Reader<boolean> = (spot) =>
  isScalar(spot.node) && typeof spot.node.value === 'boolean' ? spot.node.value : wrong(spot, 'is true or false');

export const wholeNumber =
  (low: number, high: number): Reader<number> =>
  (spot) => {
    const value = isScalar(spot.node) ? spot.node.value : undefined;
    return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
      ? value
      : wrong(spot, `is a whole number from ${low} to ${high}`);
  };

/** One of a few words. */
export const oneOf =
  <const T extends string>(words: readonly T[]): Reader<T> =>
  (spot) => {
    const value = text(spot);
    return words.find((word) => word === value) ?? wrong(spot, `${unknown(value, words)}`);
  };

/** A list of at most so many; a single one may stand without its dash. */
export const listOf =
  <T>(member: Reader<T>, most = 100): Reader<readonly T[]> =>
  (spot) => {
    const { node, source, offset, name, depth } = spot;
    if (!isSeq(node)) return [member(spot)];
    if (node.items.length > most) wrong(spot, `has ${node.items.length} members; at most ${most} are read`);
    return node.items.map((item, i) =>
      member(spotOf(source, item as Node | null, offset, `${name}[${i + 1}]`, depth + 1)),
    );
  };

/** The lines `name: value` of a map, in their order. */
export function entriesOf(spot: Spot): readonly { readonly key: string; readonly at: Spot; readonly value: Spot }[] {
  const { node, source, name, depth } = spot;
  if (!isMap(node)) return wrong(spot, 'is a list of lines such as name: value');
  const seen = new Set<string>();
  return node.items.map((pair) => {
    const keyNode = pair.key as Node;
    const at = spotOf(source, keyNode, spot.offset, name, depth);
    const key = isScalar(keyNode) ? keyOf(keyNode) : wrong(at, 'a name is a plain word');
    if (seen.has(key)) wrong(at, `${JSON.stringify(key.slice(0, 60))} stands here twice`);
    seen.add(key);
    const below = name === '' ? key.slice(0, 60) : `${name}.${key.slice(0, 60)}`;
    const value = spotOf(source, pair.value as Node | null, at.offset, below, depth + 1);
    return { key, at, value };
  });
}

const keyOf = (node: Scalar): string => (typeof node.value === 'string' ? node.value : (node.source ?? ''));

/** A map from any names to things of one kind. */
export const mapOf =
  <T>(value: Reader<T>, key: Reader<string> = text): Reader<Readonly<Record<string, T>>> =>
  (spot) =>
    // Not an object literal: a name such as __proto__ is a name like any other.
    Object.fromEntries(entriesOf(spot).map((entry) => [key(entry.at), value(entry.value)]));

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Shaped<S extends Shape> = { readonly [K in keyof S]?: ReturnType<S[K]> };

/**
 * A map with these names and no others, any of them left out.
 *
 * @example shape({ name: text, times: wholeNumber(1, 50) })(spot).times // 3
 */
export const shape =
  <S extends Shape>(fields: S): Reader<Shaped<S>> =>
  (spot) => {
    const found: Record<string, unknown> = {};
    for (const { key, at, value } of entriesOf(spot)) {
      if (!Object.hasOwn(fields, key)) return wrong(at, `there is no field ${unknown(key, Object.keys(fields))}`);
      found[key] = fields[key]!(value);
    }
    return found as Shaped<S>;
  };

/** A member that must be there. */
export const needed = <T>(spot: Spot, name: string, value: T | undefined): T =>
  value === undefined ? wrong(spot, `needs ${name}`) : value;

/** Such a map, or one text that stands for its first member alone: `sign: bank.example`. */
export const shortShape =
  <S extends Shape>(fields: S): Reader<Shaped<S>> =>
  (spot) =>
    isScalar(spot.node) ? ({ [Object.keys(fields)[0]!]: text(spot) } as Shaped<S>) : shape(fields)(spot);

/** A name that is not known, with the one that was probably meant, or all that there are. */
export function unknown(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  const hint = near === undefined ? `known are ${known.join(', ')}` : `did you mean ${near}?`;
  return `${JSON.stringify(name.slice(0, 80))}; ${hint}`;
}

/** What a reader finds, together with where it stands, for checks that come later. */
export const located =
  <T>(reader: Reader<T>): Reader<{ readonly value: T; readonly spot: Spot }> =>
  (spot) => ({ value: reader(spot), spot });
