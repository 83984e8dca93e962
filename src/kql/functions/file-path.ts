import type { Dynamic } from '../../values/index.ts';
import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;
/** A drive, also behind the mark of a long path. */
const ROOT = /^(?:\\\\\?\\)?([A-Za-z]:)(?=[\\/]|$)/;

/** The text before the last of some signs and the text behind it; all is behind where there is none. */
function cutAtLast(text: string, signs: RegExp): [before: string, behind: string] {
  const at = text.search(signs);
  return at < 0 ? ['', text] : [text.slice(0, at), text.slice(at + 1)];
}

const LAST_SLASH = /[\\/](?=[^\\/]*$)/;
const LAST_DOT = /\.(?=[^.]*$)/;

/**
 * The parts of a file's path, with either kind of slash.
 *
 * @example pathParts('C:\\temp\\a.txt').get('DirectoryName') // 'temp'
 */
export function pathParts(path: string): Map<string, Dynamic> {
  const [mark = '', scheme = ''] = SCHEME.exec(path) ?? [];
  const local = path.slice(mark.length);
  const [, root = ''] = ROOT.exec(local) ?? [];
  const [directory, last] = cutAtLast(local, LAST_SLASH);
  const colon = last.indexOf(':');
  const isStream = colon >= 0 && last !== root;
  const filename = isStream ? last.slice(0, colon) : last;
  return new Map<string, Dynamic>([
    ['Scheme', scheme],
    ['RootPath', root],
    ['DirectoryPath', directory],
    ['DirectoryName', cutAtLast(directory, LAST_SLASH)[1]],
    ['Filename', filename],
    ['Extension', filename.includes('.') ? cutAtLast(filename, LAST_DOT)[1] : ''],
    ['AlternateDataStreamName', isStream ? last.slice(colon + 1) : ''],
  ]);
}

/** `parse_path`. */
export const pathFunctions: readonly ScalarFunction[] = [textFunction('parse_path', (path = '') => pathParts(path))];
