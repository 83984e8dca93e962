import { isMoment, isWord, type Parameter, type ParameterValue, type TransportRule } from './parameters.ts';

/** What PowerShell takes for a single quotation mark: the typographic ones, too. */
const quotes = /['\u2018\u2019\u201a\u201b]/g;

/** Runs of printable ASCII, and characters that are not. */
const runs = /[ -~]+|[^ -~]/g;

/** Parameters of a command on one line, as far as they go. */
const WIDTH = 110;

/**
 * A text as PowerShell reads it back, whatever is in it. It stands in single quotation marks, where `$` and backticks are
 * characters like others; what is not printable ASCII becomes its code. So it does not matter in which code page a script
 * is read: UTF-8 taken for Windows-1252 turns `Ñ` into two characters, one of which PowerShell takes for a quotation mark.
 *
 * @source about_Quoting_Rules; System.Management.Automation.Language.CodeGeneration.EscapeSingleQuotedStringContent
 * @example quoted("it's $5") // "'it''s $5'"
 * @example quoted('a\nb') // "('a' + [char]0x0A + 'b')"
 */
export function quoted(text: string): string {
  const parts = (text.match(runs) ?? []).flatMap((run) => (/^[ -~]/.test(run) ? [inQuotes(run)] : codesOf(run)));
  if (parts.length === 0) return "''";
  if (parts.length === 1 && parts[0]!.startsWith("'")) return parts[0]!;
  // A character before a text would be added to it as a number.
  const texts = parts[0]!.startsWith("'") ? parts : ["''", ...parts];
  return `(${texts.join(' + ')})`;
}

const inQuotes = (text: string): string => `'${text.replace(quotes, '$&$&')}'`;

const codesOf = (text: string): readonly string[] =>
  Array.from(
    { length: text.length },
    (_, at) => `[char]0x${text.charCodeAt(at).toString(16).toUpperCase().padStart(2, '0')}`,
  );

/** What is given to a parameter. */
export function written(value: ParameterValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? '$true' : '$false';
  if (isWord(value)) return value.word;
  // A cast reads ISO 8601 in every culture; a text would be read in that of the computer.
  if (isMoment(value)) return `([datetime]'${new Date(value.at).toISOString().replace('.000Z', 'Z')}')`;
  return value.map(quoted).join(', ');
}

/**
 * A rule as a command, a line of it ending in a backtick where it goes on.
 *
 * @example commandOf({ name: 'A', parameters: [{ name: 'DeleteMessage', value: true }] }) // ["New-TransportRule -Name 'A' `", '  -DeleteMessage $true']
 */
export function commandOf({ name, parameters }: TransportRule): readonly string[] {
  const lines = [`New-TransportRule -Name ${quoted(name)}`];
  for (const [at, one] of parameters.entries()) {
    const more = ` -${one.name} ${written(one.value)}`;
    const last = lines.at(-1)!;
    if (at > 0 && isShort(one) && isShort(parameters[at - 1]!) && last.length + more.length < WIDTH)
      lines[lines.length - 1] = last + more;
    else lines.push(` ${more}`);
  }
  return lines.map((line, at) => (at < lines.length - 1 ? `${line} \`` : line));
}

const isShort = ({ value }: Parameter): boolean => typeof value !== 'string' && !Array.isArray(value);

/** Lines of a comment, in printable ASCII: nothing in it ends the comment, in whatever code page the script is read. */
export function comment(text: string, indent = ''): readonly string[] {
  const plain = asciiOf(text);
  return plain.split('\n').map((line) => `# ${indent}${line}`.trimEnd());
}

const spelled: readonly (readonly [RegExp, string])[] = [
  [/[‘’]/g, "'"],
  [/[“”]/g, '"'],
  [/[–—]/g, '-'],
  [/…/g, '...'],
];

function asciiOf(text: string): string {
  let plain = text;
  for (const [form, ascii] of spelled) plain = plain.replace(form, ascii);
  return plain.replace(/[^ -~\n]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
