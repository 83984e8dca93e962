/** What a part of a pattern needs: one of its branches. */
type Branches = readonly Branch[];

/** Texts that stand in every match of a branch, and groups of which each needs one of its own branches. */
interface Branch {
  readonly texts: readonly string[];
  readonly groups: readonly Branches[];
}

/** What is read here of regular expressions; anything else, and the pattern says nothing. */
const BEGIN_OF_GROUP = /\((?:\?(?:[a-wyz-]*:|P?<\w+>))?(?!\?)/iy;
const FLAGS = /\(\?[a-wyz-]*\)/iy;
const CLASS = /\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\])*\]/sy;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(?:,\d*)?\})[?+]?/y;
const NO_WIDTH = /\^|\$|\\[bBAzZ]/y;
const ONE_OF_SEVERAL = /\.|\\[dDsSwW]|\\[pP](?:\{[^}]*\}|.)/y;
const LITERAL = /\\([^\w\s])|([^\\()[\]{}|*+?.^$])/sy;
const optional = /^[*?]|^\{0/;

/**
 * Whether every text that a pattern matches has one of some texts in it. Says no where it cannot tell.
 *
 * @param source a pattern as `patternOf` takes it
 * @param texts in lower case
 * @example requires('dmarc=pass|compauth=pass\\b', ['dmarc=pass', 'compauth=pass']) // true
 * @example requires('(dmarc=pass)?', ['dmarc=pass']) // false
 */
export function requires(source: string, texts: readonly string[]): boolean {
  const read = new PatternReader(source.toLowerCase()).branches();
  return read !== undefined && everyBranchHas(read, texts);
}

const everyBranchHas = (branches: Branches, texts: readonly string[]): boolean =>
  branches.every(
    (branch) =>
      branch.texts.some((one) => texts.some((text) => one.includes(text))) ||
      branch.groups.some((group) => everyBranchHas(group, texts)),
  );

/** Groups in each other that are read. */
const DEEPEST = 50;

class PatternReader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** The whole pattern; undefined where something in it is not read. */
  branches(): Branches | undefined {
    const found = this.#branches(0);
    return this.#at === this.#source.length ? found : undefined;
  }

  #branches(depth: number): Branches | undefined {
    if (depth > DEEPEST) return undefined;
    const found: Branch[] = [];
    do {
      const branch = this.#branch(depth);
      if (branch === undefined) return undefined;
      found.push(branch);
    } while (this.#take(/\|/y) !== undefined);
    return found;
  }

  #branch(depth: number): Branch | undefined {
    const texts: string[] = [''];
    const groups: Branches[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at]!)) {
      if (this.#take(NO_WIDTH) ?? this.#take(FLAGS)) continue;
      const literal = this.#take(LITERAL);
      if (literal !== undefined) {
        const times = this.#take(QUANTIFIER);
        if (times === undefined || !optional.test(times[0])) texts.push(texts.pop() + (literal[1] ?? literal[2])!);
        if (times !== undefined) texts.push('');
        continue;
      }
      if (this.#take(CLASS) === undefined && this.#take(ONE_OF_SEVERAL) === undefined) {
        const group = this.#group(depth);
        if (group === undefined) return undefined;
        if (!optional.test(this.#take(QUANTIFIER)?.[0] ?? '')) groups.push(group);
      } else this.#take(QUANTIFIER);
      texts.push('');
    }
    return { texts, groups };
  }

  #group(depth: number): Branches | undefined {
    if (this.#take(BEGIN_OF_GROUP) === undefined) return undefined;
    const inside = this.#branches(depth + 1);
    return inside === undefined || this.#take(/\)/y) === undefined ? undefined : inside;
  }

  /** What stands here, if it is of a form. */
  #take(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at;
    const found = form.exec(this.#source) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }
}
