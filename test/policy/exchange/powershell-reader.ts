/** What PowerShell takes for a single quotation mark. @source about_Quoting_Rules, System.Management.Automation's tokenizer */
const isQuote = (char: string | undefined): boolean => char !== undefined && /['\u2018\u2019\u201a\u201b]/.test(char);

/**
 * Reads a command of `New-TransportRule` as PowerShell would: parameters, texts in single quotation marks, lists,
 * `('a' + [char]0x0A)`, `([datetime]'…')`, bare words, and backticks at the end of a line. Anything else is refused.
 */
export function readCommand(text: string): ReadonlyMap<string, readonly string[]> {
  let at = 0;
  const wrong = (): never => {
    throw new Error(`cannot be read at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
  };
  const take = (form: RegExp): string | undefined => {
    const found = new RegExp(form.source, 'y');
    found.lastIndex = at;
    const [match] = found.exec(text) ?? [];
    if (match !== undefined) at += match.length;
    return match;
  };
  const blank = () => take(/(?:[ \t]|`\r?\n)+/);
  const literal = (): string => {
    let value = '';
    for (at++; ; at++) {
      if (at >= text.length) wrong();
      const char = text[at]!;
      if (!isQuote(char)) value += char;
      else if (isQuote(text[at + 1])) value += text[at++];
      else break;
    }
    at++;
    return value;
  };
  const sum = (): string => {
    let value = '';
    do {
      take(/ \+ /);
      const code = take(/\[char\]0x[0-9A-F]+/);
      if (code !== undefined) value += String.fromCharCode(Number.parseInt(code.slice(8), 16));
      else if (isQuote(text[at])) value += literal();
      else wrong();
    } while (text.startsWith(' + ', at));
    return take(/\)/) === undefined ? wrong() : value;
  };
  const value = (): string => {
    if (take(/\(\[datetime\]/)) {
      const moment = literal();
      return take(/\)/) === undefined ? wrong() : moment;
    }
    if (take(/\(/)) return sum();
    return isQuote(text[at]) ? literal() : (take(/\$(?:true|false)|\w+/) ?? wrong());
  };
  const parameters = new Map<string, readonly string[]>();
  if (take(/New-TransportRule/) === undefined) wrong();
  while (blank() !== undefined) {
    const name = take(/-\w+/)?.slice(1) ?? wrong();
    blank();
    const values = [value()];
    while (take(/, /)) values.push(value());
    parameters.set(name, values);
  }
  return at === text.length ? parameters : wrong();
}
