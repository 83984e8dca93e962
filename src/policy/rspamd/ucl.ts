import { wrapped } from '../wrapped.ts';

/**
 * A text in rspamd's configuration language. `$` would begin one of its variables, and `{` one of the templates that it runs
 * over its files: both are written by their codes, as is all that is not printable ASCII.
 *
 * @example uclText('a "b" $c') // '"a \\"b\\" \\u0024c"'
 */
export const uclText = (text: string): string =>
  `"${text.replace(/["\\]/g, '\\$&').replace(/[^ -~]|[${}]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;

export const uclList = (texts: readonly string[]): string => `[${texts.map(uclText).join(', ')}]`;

const WIDTH = 100;

/** Lines of a comment; a template is run there, too. */
export const uclComment = (text: string, indent = ''): readonly string[] =>
  wrapped(text.replaceAll(/[{}%]/g, '?'), WIDTH - indent.length).map((line) => `# ${indent}${line}`.trimEnd());
