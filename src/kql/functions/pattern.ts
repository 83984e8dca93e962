import { type CharacterSet, categoryOf, classOf, shorthandOf } from './pattern-class.ts';
import { escapedCharacter, PatternError } from './pattern-escape.ts';

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
  /** How many open repetitions it has; infinite where one stands in another or over a choice. */
  readonly repeats: number;
}

/** RE2 repeats no more often. */
const MOST_REPEATS = 1000;

/** A group that is not closed yet: the flags outside, and whether a repetition or a choice stands in it so far. */
interface OpenGroup {
  readonly outer: Flags;
  varies: boolean;
}

interface Flags {
  i: boolean;
  m: boolean;
  s: boolean;
  x: boolean;
  /** Swaps what is greedy. */
  U: boolean;
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
  const { engine, script, groups, names, repeats } = translator;
  try {
    new RegExp(script, 'v');
  } catch (cause) {
    throw new PatternError((cause as Error).message, { cause });
  }
  return { engine, script, groups, names, repeats };
}

const metacharacter = /[\\^$.*+?()[\]{}|/]/;

class Translator {
  engine = '';
  script = '';
  groups = 0;
  readonly names = new Map<string, number>();
  private at = 0;
  private flags: Flags = { i: false, m: false, s: false, x: false, U: false };
  repeats = 0;
  private readonly open: OpenGroup[] = [];
  /** Whether what a repetition would repeat is a group that varies. */
  private lastVaries = false;
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
    this.lastVaries = false;
  }

  private varies(): void {
    const group = this.open.at(-1);
    if (group !== undefined) group.varies = true;
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
    this.varies();
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
    const kept = (names: string): string => names.replace(/[uxU]/g, '');
    const flags = kept(on) + (kept(off) === '' ? '' : `-${kept(off)}`);
    if (end === ')') {
      this.emit(flags === '' ? '' : `(?${flags})`, '', false);
    } else {
      this.open.push({ outer, varies: false });
      this.emit(`(?${flags}:`, '(?:', false);
    }
  }

  private capture(): void {
    this.groups += 1;
    this.open.push({ outer: this.flags, varies: false });
    this.emit('(', '(', false);
  }

  closeGroup(): void {
    const group = this.open.pop();
    if (group === undefined) throw new PatternError('a ) has no (');
    this.flags = group.outer;
    this.emit(')', ')');
    if (group.varies) this.varies();
    this.lastVaries = group.varies;
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
    if (sign !== '?') this.repeats += this.lastVaries ? Number.POSITIVE_INFINITY : 1;
    this.varies();
    const lazy = (this.accept(/\?/) !== null) === this.flags.U ? '' : '?';
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
    if (name === 'i' || name === 'm' || name === 's' || name === 'x' || name === 'U') flags[name] = on;
    else if (name !== 'u' || !on) throw new PatternError(`the flag ${on ? '' : '-'}${name} is not supported`);
  }
  return flags;
}
