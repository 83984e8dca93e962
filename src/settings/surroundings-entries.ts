import { bytesOf, millisecondsOf } from '../yaml/index.ts';

/** What `watchlists:` says of one alias. */
export interface WatchlistSetting {
  readonly search_key?: string;
  /** CSV, or STIX 2.1 where it ends in `.json`. */
  readonly file?: string;
  /** The list itself, in place of a file. */
  readonly values?: readonly ListValue[];
}

/** An entry of a list: a text in its one column, or texts by column. */
export type ListValue = ListText | Readonly<Record<string, ListText>>;
type ListText = string | number | boolean;

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
const isText = (value: unknown): value is string => typeof value === 'string';
const stranger = (tree: Tree, known: readonly string[]): string | undefined =>
  Object.keys(tree).find((name) => !known.includes(name));

/** What is wrong with `externaldata:`, or undefined. */
export function wrongExternal(tree: Tree): string | undefined {
  const { allow = [], files = {}, timeout = '30s', size = '64MB' } = tree;
  const other = stranger(tree, ['allow', 'files', 'timeout', 'size']);
  if (other !== undefined) return `has no member ${JSON.stringify(other)}; there are allow, files, timeout and size`;
  if (!Array.isArray(allow) || !allow.every(isPrefix))
    return 'needs under allow a list of addresses such as https://lists.example/feeds/';
  if (!isTree(files) || !Object.entries(files).every(([url, path]) => isPrefix(url) && isText(path) && path !== ''))
    return 'needs under files lines such as "https://lists.example/bad.csv": lists/bad.csv';
  if (!isText(timeout) || millisecondsOf(timeout) === undefined) return 'needs as timeout a time such as 30s';
  return isText(size) && bytesOf(size) !== undefined ? undefined : 'needs as size a size such as 64MB';
}

function isPrefix(value: unknown): boolean {
  const url = isText(value) ? URL.parse(value) : null;
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

const MOST_VALUES = 10_000;
const isListText = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);
const isListValue = (value: unknown): boolean =>
  isListText(value) || (isTree(value) && Object.values(value).every(isListText));

/** What is wrong with `watchlists:`, or undefined. */
export function wrongWatchlists(tree: Tree): string | undefined {
  for (const [alias, entry] of Object.entries(tree)) {
    if (!isTree(entry) || stranger(entry, ['search_key', 'file', 'values']) !== undefined)
      return `holds search_key, file and values for each alias; ${alias} does not`;
    const { values, ...texts } = entry;
    if (!Object.values(texts).every(isText)) return `holds texts as search_key and file; ${alias} does not`;
    if (values === undefined) continue;
    if (texts.file !== undefined) return `has a file or values for an alias; ${alias} has both`;
    if (!Array.isArray(values) || !values.every(isListValue))
      return `needs as values a list such as [contoso.com] or [{ Address: ada@contoso.com }]; ${alias} has another`;
    if (values.length > MOST_VALUES) return `takes ${MOST_VALUES} values in line; ${alias} has more: write a file`;
  }
  return undefined;
}
