import { type CharacterSet, categoryOf, classOf, shorthandOf } from './pattern-class.ts';

/**
 * KQL's regular expressions (the Rust dialect, https://learn.microsoft.com/kusto/query/regex) in the words of the engine
 * (RE2) and of JavaScript. Letters and digits are those of Unicode (`\w`, `\d`, `\s`), as KQL says.
 * This engine's word borders `\b` and `\B` are those of ASCII words.
 */
export interface Pattern {
  /** For the engine's regexp functions. */
  readonly engine: string;
  /** For JavaScript, with the flag v and no other. */
  readonly script: string;
  readonly groups: number;
  /** Number of a group by its name. */
  readonly names: ReadonlyMap<string, number>;
}

/** A pattern that is wrong, or that this engine has no words for. */
export class PatternError extends Error {}

/** RE2 repeats no more often. */
const MOST_REPEATS = 1000;

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
}

/**
 * Translates a pattern.
 *
 * @throws PatternError where it is wrong or cannot be said
 * @example translatePattern('(?P<k>a.)+').engine // '(a.)+'
 */
export function translatePattern(text: string): Pattern {
  const translator = new Translator(text);
  translator.run();
  const { engine, script, groups, names } = translator;
  try {
    new RegExp(script, 'v');
  } catch (cause) {
    throw new PatternError((cause as Error).message, { cause });
  }
  return { engine, script, groups, names };
}

const metacharacter = /[\\^$.*+?()[\]{}|/]/;

class Translator {
  engine = '';
  script = '';
  groups = 0;
  readonly names = new Map<string, number>();
  private at = 0;
  private flags: Flags = { i: false, m: false, s: false, x: false };
  private readonly open: Flags[] = [];
  /** Whether a repetition may follow. */
  private repeatable = false;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  run(): void {
    while (this.at < this.text.length) this.step();
    if (this.open.length > 0) throw new PatternError('a ( is not closed');
  }

  private step(): void {
    const character = String.fromCodePoint(this.text.codePointAt(this.at) as number);
    if (this.flags.x && this.skipBlank(character)) return;
    const rule = rules[character];
    this.at += character.length;
    if (rule === undefined) this.literal(character);
    else rule.call(this);
  }

  private skipBlank(character: string): boolean {
    const rest = this.text.slice(this.at);
    const length = /\s/.test(character) ? 1 : character === '#' ? rest.split('\n', 1)[0]!.length : 0;
    this.at += length;
    return length > 0;
  }

  private emit(engine: string, script: string, repeatable = true): void {
    this.engine += engine;
    this.script += script;
    this.repeatable = repeatable;
  }

  private literal(character: string): void {
    const quoted = metacharacter.test(character) ? `\\${character}` : character;
    this.emit(character === '\0' ? '\\x00' : character === '/' ? '/' : quoted, this.folded(quoted));
  }

  /** JavaScript has no flag for the rest of a group: each piece carries its own. */
  private folded(script: string): string {
    return this.flags.i ? `(?i:${script})` : script;
  }

  private set({ engine, script }: CharacterSet): void {
    this.emit(engine, this.folded(script));
  }

  private accept(pattern: RegExp): RegExpExecArray | null {
    const sticky = new RegExp(pattern, `${pattern.flags}y`);
    sticky.lastIndex = this.at;
    const found = sticky.exec(this.text);
    if (found !== null) this.at = sticky.lastIndex;
    return found;
  }

  dot(): void {
    this.emit('.', this.flags.s ? '[^]' : '[^\\n]');
  }

  lineStart(): void {
    this.emit('^', this.flags.m ? '(?<=^|\\n)' : '^', false);
  }

  lineEnd(): void {
    this.emit('$', this.flags.m ? '(?=$|\\n)' : '$', false);
  }

  alternative(): void {
    this.emit('|', '|', false);
  }

  openGroup(): void {
    if (!this.text.startsWith('?', this.at)) {
      this.capture();
      return;
    }
    const name = this.accept(/\?P?<([\p{L}_][\p{L}\p{N}_.[\]]*)>/u)?.[1];
    if (name !== undefined) {
      if (this.names.has(name)) throw new PatternError(`two groups are called ${name}`);
      this.names.set(name, this.groups + 1);
      this.capture();
      return;
    }
    if (this.accept(/\?<?[=!]|\?>/) !== null) throw new PatternError('looking ahead or behind is not supported');
    const [, on = '', off = '', end] = this.accept(/\?([a-zA-Z]*)(?:-([a-zA-Z]+))?([:)])/) ?? [];
    if (end === undefined) throw new PatternError('what follows (? is not known');
    const outer = this.flags;
    this.flags = { ...this.flags, ...readFlags(on, true), ...readFlags(off, false) };
    const kept = (names: string): string => names.replace(/[ux]/g, '');
    const flags = kept(on) + (kept(off) === '' ? '' : `-${kept(off)}`);
    if (end === ')') {
      this.emit(flags === '' ? '' : `(?${flags})`, '', false);
    } else {
      this.open.push(outer);
      this.emit(`(?${flags}:`, '(?:', false);
    }
  }

  private capture(): void {
    this.groups += 1;
    this.open.push(this.flags);
    this.emit('(', '(', false);
  }

  closeGroup(): void {
    const outer = this.open.pop();
    if (outer === undefined) throw new PatternError('a ) has no (');
    this.flags = outer;
    this.emit(')', ')');
  }

  repeat(): void {
    this.at -= 1;
    const counted = this.accept(/\{(\d*)(,?)(\d*)\}/);
    if (counted === null && this.text[this.at] === '{') {
      this.at += 1;
      this.literal('{');
      return;
    }
    if (!this.repeatable) throw new PatternError('there is nothing to repeat');
    const sign = counted === null ? this.accept(/[*+?]/)![0] : this.counted(counted);
    const lazy = this.accept(/\?/)?.[0] ?? '';
    this.emit(sign + lazy, sign + lazy, false);
  }

  private counted([, least = '', comma = '', most = '']: RegExpExecArray): string {
    if (least === '' && most === '') throw new PatternError('a repetition has no number');
    if (Number(least) > MOST_REPEATS || Number(most) > MOST_REPEATS) {
      throw new PatternError(`repeats more than ${MOST_REPEATS} times`);
    }
    return `{${least === '' ? '0' : least}${comma}${most}}`;
  }

  class(): void {
    const { set, length } = classOf(this.text.slice(this.at));
    this.at += length;
    this.set(set);
  }

  escape(): void {
    const found = this.accept(/([dDwWsS])|[pP](?:\{([^}]*)\}|([a-zA-Z]))/);
    const place = found === null ? this.accept(/A|z|[bB](?!\{)/)?.[0] : undefined;
    if (found !== null) {
      const [all, shorthand, long, short] = found;
      this.set(shorthand === undefined ? categoryOf(all[0] as string, long ?? short ?? '') : shorthandOf(shorthand));
    } else if (place !== undefined) {
      this.emit(`\\${place}`, places[place] ?? `\\${place}`, false);
    } else {
      const { character, length } = escapedCharacter(this.text.slice(this.at));
      this.at += length;
      this.literal(character);
    }
  }
}

/** The start and the end of the text, whatever the flags. */
const places: Readonly<Record<string, string>> = { A: '^', z: '$' };

const rules: Readonly<Record<string, (this: Translator) => void>> = {
  '.': Translator.prototype.dot,
  '^': Translator.prototype.lineStart,
  $: Translator.prototype.lineEnd,
  '|': Translator.prototype.alternative,
  '(': Translator.prototype.openGroup,
  ')': Translator.prototype.closeGroup,
  '*': Translator.prototype.repeat,
  '+': Translator.prototype.repeat,
  '?': Translator.prototype.repeat,
  '{': Translator.prototype.repeat,
  '[': Translator.prototype.class,
  '\\': Translator.prototype.escape,
};

function readFlags(names: string, on: boolean): Partial<Flags> {
  const flags: Partial<Flags> = {};
  for (const name of names) {
    if (name === 'i' || name === 'm' || name === 's' || name === 'x') flags[name] = on;
    else if (name !== 'u' || !on) throw new PatternError(`the flag ${on ? '' : '-'}${name} is not supported`);
  }
  return flags;
}

const controls: Readonly<Record<string, string>> = { a: '\x07', f: '\f', t: '\t', n: '\n', r: '\r', v: '\v' };

/** The character that stands behind a backslash, and how much of the text spells it. */
export function escapedCharacter(text: string): { character: string; length: number } {
  const [hex, ...digits] =
    /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|[xuU]\{([0-9a-fA-F]{1,6})\})/.exec(text) ?? [];
  if (hex !== undefined) {
    const code = Number.parseInt(digits.find((part) => part !== undefined) as string, 16);
    if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw new PatternError(`\\${hex} is no character`);
    return { character: String.fromCodePoint(code), length: hex.length };
  }
  const first = text[0] ?? '';
  if (first === '') throw new PatternError('a backslash stands at the end');
  if (/[0-9]/.test(first)) throw new PatternError('references to groups are not supported');
  const control = controls[first];
  if (control !== undefined) return { character: control, length: 1 };
  if (!/[\0-\x7f]/.test(first) || /[A-Za-z<>]/.test(first)) throw new PatternError(`\\${first} is not known`);
  return { character: first, length: 1 };
}
