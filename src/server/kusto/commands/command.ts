import type { Catalog } from '../../../kql/index.ts';
import type { TableSummary } from '../../../store/index.ts';
import type { Column, KqlType } from '../../../values/index.ts';
import type { Functions } from '../../http/route.ts';

/** What commands tell about: the store and the server. */
export interface CommandView {
  readonly catalog: Catalog;
  readonly summary: () => Promise<readonly TableSummary[]>;
  /** The server's version, as `mailhunt --version` says it. */
  readonly version: string;
  /** The clock when the server started, milliseconds since 1970. */
  readonly startedAt: number;
  /** The stored functions, where they may be changed. */
  readonly functions?: Functions | undefined;
  /** Where the server answers, for example `http://127.0.0.1:8719`. */
  readonly address: string;
}

/** A cell of a command's rows: datetime as ticks, dynamic as JSON text. */
export type Cell = string | number | bigint | boolean | null;
export type Row = readonly Cell[];

/** A management command that is answered: one row of the table. */
export interface Command {
  /**
   * The command as the documentation writes it, and the pattern that it is recognised by: words as they are, `NAME` for
   * an entity name, `(NAMES)` for a list of them, `[word]` for one that may be left out, `a|b` for a choice, `*` for
   * whatever follows.
   */
  readonly syntax: string;
  readonly columns: readonly Column[];
  /** The rows; `names` holds what stood for NAME or NAMES. Throws STORE0006, HTTP0005 for names that are not there. */
  readonly rows: (view: CommandView, names: readonly string[]) => readonly Row[] | Promise<readonly Row[]>;
}

/**
 * Columns in short form.
 *
 * @example columns('Name Folder', 'Size:long') // all string but the last
 */
export const columns = (text: string): readonly Column[] =>
  text.split(' ').map((column) => {
    const [name = '', type = 'string'] = column.split(':');
    return { name, type: type as KqlType };
  });

const SINGLE = String.raw`'(?:[^'\\]|\\.)*'`;
const DOUBLE = String.raw`"(?:[^"\\]|\\.)*"`;
const NAME = String.raw`(?:\[${SINGLE}\]|\[${DOUBLE}\]|${SINGLE}|${DOUBLE}|[\w.-]+)`;
/** What an entity name looks like in a command. */
export const NAME_PATTERN = NAME;
const NAMES = String.raw`\(\s*${NAME}(?:\s*,\s*${NAME})*\s*\)`;

/** The expression that recognises a syntax in a command text. */
export function patternOf(syntax: string): RegExp {
  const tokens = syntax.split(' ').map((token, at) => {
    const space = at === 0 ? '' : String.raw`\s+`;
    if (token === 'NAME') return `${space}(${NAME})`;
    if (token === '(NAMES)') return String.raw`\s*(${NAMES})\s*`;
    if (token === '*') return String.raw`(?:\s[\s\S]*)?`;
    if (token.startsWith('[')) return `(?:${space}(?:${token.slice(1, -1)}))?`;
    const words = token.replace(/[.*+?^${}()[\]\\]/g, '\\$&');
    // After a list in parentheses no blank is needed.
    return syntax.split(' ')[at - 1] === '(NAMES)' ? `(?:${words})` : `${space}(?:${words})`;
  });
  return new RegExp(`^${tokens.join('')}$`, 'i');
}

/** A name as KQL takes it: as it is where it is plain, else in brackets and quotes. */
export const quoteName = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? name : `['${name.replace(/[\\']/g, '\\$&')}']`;

/** The names in what a pattern caught: `['a b']`, `"a"`, `(a, b)`. */
export const namesIn = (caught: readonly (string | undefined)[]): string[] =>
  caught.flatMap((text) => {
    if (text === undefined) return [];
    const names = text.match(new RegExp(NAME, 'g')) ?? [];
    return names.map((name) => {
      const quoted = /^\[?['"](.*)['"]\]?$/s.exec(name);
      return quoted ? (quoted[1] ?? '').replace(/\\(.)/gs, '$1') : name;
    });
  });
