import { hostCallSql } from './host-call.ts';
import { refuseToEvaluate } from './refusal.ts';
import type { ScalarFunction } from './row.ts';
import { textFunction } from './text-function.ts';

const isBlank = (sign: string | undefined): boolean => sign === ' ' || sign === '\t';

/** A program's name ends at the next quote where it begins with one, else at the next blank; nothing is escaped in it. */
const PROGRAM = /^(?:"([^"]*)"?|([^ \t]*))[ \t]*/;

/** Backslashes before a quote, and the quotes; blanks; or what else there is. */
const PIECE = /(\\*)("+)|[ \t]+|\\+|[^\\" \t]+/g;

/**
 * A command line as Windows cuts it (CommandLineToArgvW): before a quote two backslashes are one and an odd one makes the
 * quote plain; inside quotes two quotes are one and end them.
 *
 * @example argumentsOf('echo "hello world!"') // ['echo', 'hello world!']
 */
export function argumentsOf(line: string): string[] {
  if (line === '') return [];
  const [program, quoted, plain = ''] = PROGRAM.exec(line)!;
  const rest = line.slice(program.length);
  return rest === '' ? [quoted ?? plain] : [quoted ?? plain, ...furtherArguments(rest)];
}

function furtherArguments(rest: string): string[] {
  const all: string[] = [];
  let [current, isOpen, isBegun] = ['', false, false];
  for (const [piece, backslashes = '', quotes] of rest.matchAll(PIECE)) {
    if (isBlank(piece[0]) && !isOpen) {
      all.push(current);
      [current, isBegun] = ['', false];
      continue;
    }
    isBegun = true;
    if (quotes === undefined) {
      current += piece;
      continue;
    }
    const isPlain = backslashes.length % 2 === 1;
    const after = afterQuotes(isOpen, quotes.length - (isPlain ? 1 : 0));
    current += '\\'.repeat(backslashes.length >> 1) + (isPlain ? '"' : '') + '"'.repeat(after.plain);
    isOpen = after.isOpen;
  }
  return isBegun ? [...all, current] : all;
}

/** A run of quotes: every third one, that which opens counted, is plain and ends the quoted part. */
function afterQuotes(wasOpen: boolean, count: number): { plain: number; isOpen: boolean } {
  const total = count + (wasOpen ? 1 : 0);
  return { plain: Math.floor(total / 3), isOpen: total % 3 === 1 };
}

const OTHER_PARSER = `takes the parser 'windows'`;

/** `parse_command_line`. */
export const commandLineFunctions: readonly ScalarFunction[] = [
  {
    ...textFunction('parse_command_line', (line = '', parser = '') =>
      parser === 'windows' ? argumentsOf(line) : refuseToEvaluate('parse_command_line', OTHER_PARSER),
    ),
    sql: (call) => (call.args[1]?.constant === 'windows' ? hostCallSql(call) : call.refuse(OTHER_PARSER)),
  },
];
