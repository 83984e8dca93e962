import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MailhuntError } from '../../../errors/index.ts';
import { packFolder, type RuleRun } from '../../../rules/index.ts';
import { ticksFromUnixMs } from '../../../values/index.ts';
import { type TaskOptions, TaskThread, threadFile } from '../../threads/index.ts';
import type { CardStanding, LastRun, RuleCard, RulePage } from './rule-card.ts';
import type { BareCard, LintAnswer, RuleFolder, RuleTasks, RuleText, TestAnswer } from './rule-task.ts';
import { keyOf, proofKey, textAt } from './rule-work.ts';

/** What is remembered of rules between two starts of the server, by the hash of the rule's text and tests. */
interface Remembered {
  readonly proofs: Record<string, CardStanding>;
  readonly runs: Record<string, LastRun>;
}

/** An own rule's file: what may stand in an address, and an ending that the readers know. */
const FILE = /^[a-z0-9][a-z0-9._-]{0,99}\.(?:ya?ml|json|kql|md)$/;
const thread = { file: threadFile(import.meta.url, './rule-thread-entry') };
const isRuleFile = (path: string): boolean => /\.(?:ya?ml|json|kql|md)$/.test(path) && !/\.test\.ya?ml$/.test(path);
/** Entries kept of each kind; the oldest go first. */
const MEMORY = 5_000;

/**
 * The rules that the workbench shows: those that come with mailhunt, and those in the folder `rules` of the store, which
 * count where both have one of the same key. Reading, linting and proving happen in threads of their own.
 */
export class RuleLibrary {
  readonly #own: string;
  readonly #folders: readonly RuleFolder[];
  readonly #reading = new TaskThread<RuleTasks>(thread);
  readonly #proving = new TaskThread<RuleTasks>(thread);
  readonly #now: () => number;
  #known:
    | { readonly mark: string; readonly cards: readonly BareCard[]; readonly problems: readonly string[] }
    | undefined;
  #remembered: Promise<Remembered> | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** @param now the clock, milliseconds since 1970 */
  constructor(store: string, now: () => number, pack = packFolder()) {
    this.#own = join(store, 'rules');
    this.#now = now;
    this.#folders = [
      { path: pack, origin: 'pack' },
      { path: this.#own, origin: 'own' },
    ];
  }

  /** All rules at a glance, and the files that could not be read, in words. */
  async list(): Promise<{ readonly rules: readonly RuleCard[]; readonly problems: readonly string[] }> {
    const { cards, problems } = await this.#cards();
    const rules = await Promise.all(cards.map((card) => this.#withStanding(card)));
    return { rules, problems };
  }

  /** One rule whole. Throws RULE0040 where there is none of that key. */
  async page(key: string, options?: TaskOptions): Promise<RulePage> {
    const { card, ...text } = await this.#text(key);
    const now = ticksText(this.#now());
    const page = await this.#reading.run('page', { ...text, card, now }, options);
    const { standing, ...known } = await this.#withStanding(card);
    const count = (severity: string) => page.findings.filter((one) => one.severity === severity).length;
    const lint = { error: count('error'), warning: count('warning'), note: count('note') };
    return { ...known, ...page, standing: { ...standing, lint } };
  }

  /** What the linter says of a text. */
  lint(text: RuleText, options?: TaskOptions): Promise<LintAnswer> {
    return this.#reading.run('lint', { ...text, now: ticksText(this.#now()) }, options);
  }

  /** Proves a text by its tests, and remembers the verdict. */
  async test(text: RuleText, variations: number, options?: TaskOptions): Promise<TestAnswer> {
    const answer = await this.#proving.run('test', { ...text, variations }, options);
    const standing = { verdict: answer.verdict, tests: answer.tests, variations };
    await this.#remember('proofs', proofKey(text.text, text.tests), standing);
    return answer;
  }

  /** The text of a rule as it stands in its file, and of the tests beside it. */
  async textOf(key: string): Promise<RuleText> {
    const { card: _, ...text } = await this.#text(key);
    return text;
  }

  /** Notes what a rule found, or why it could not be run. */
  async ran(
    key: string,
    run: Pick<RuleRun, 'count' | 'hasFired' | 'milliseconds'> | { readonly error: string },
  ): Promise<void> {
    const at = new Date(this.#now()).toISOString();
    const none = { count: 0, hasFired: false, milliseconds: 0 };
    const last = 'error' in run ? { at, ...none, error: run.error } : { at, ...pick(run) };
    await this.#remember('runs', key, last);
  }

  /**
   * Writes an own rule; the file is there whole or not at all. Throws RULE0041 for a name that no rule's file has, RULE0043
   * where another file has its key.
   */
  async save(name: string, text: string, tests: string | undefined): Promise<void> {
    if (!FILE.test(name) || !isRuleFile(name)) throw new MailhuntError('RULE0041', { file: name.slice(0, 120) });
    await mkdir(this.#own, { recursive: true, mode: 0o700 });
    const other = (await this.#ownFiles()).find((path) => path !== name && keyOf(path) === keyOf(name));
    if (other !== undefined) throw new MailhuntError('RULE0043', { file: name, other, key: keyOf(name) });
    const beside = name.replace(/\.[^.]+$/, '.test.yaml');
    if (tests !== undefined) await this.#write(beside, tests);
    await this.#write(name, text);
  }

  /** Removes an own rule and its tests. Throws RULE0040 where there is none, RULE0042 for one that comes with mailhunt. */
  async remove(key: string): Promise<void> {
    const { card } = await this.#text(key);
    if (card.origin !== 'own') throw new MailhuntError('RULE0042', { rule: card.name });
    const path = join(this.#own, card.path);
    await rm(path);
    const stem = card.path.replace(/\.[^.]+$/, '');
    const others = (await readdir(this.#own)).filter(
      (name) => FILE.test(name) && name.replace(/\.[^.]+$/, '') === stem,
    );
    if (others.length === 0) await rm(join(this.#own, `${stem}.test.yaml`), { force: true });
  }

  /** The files of own rules, as paths below their folder. */
  async #ownFiles(): Promise<readonly string[]> {
    const paths = await readdir(this.#own, { recursive: true });
    return paths.map((path) => path.replaceAll(sep, '/')).filter((path) => isRuleFile(path));
  }

  async close(): Promise<void> {
    await Promise.all([this.#reading.close(), this.#proving.close()]);
  }

  /** Writes follow each other, so that none meets the half of another. */
  #write(name: string, text: string): Promise<void> {
    const path = join(this.#own, name);
    const written = this.#writing.then(async () => {
      await writeFile(`${path}.new`, text, { mode: 0o600 });
      await rename(`${path}.new`, path);
    });
    this.#writing = written.catch(() => {});
    return written;
  }

  async #text(key: string): Promise<RuleText & { readonly card: BareCard }> {
    const card = (await this.#cards()).cards.find((one) => one.key === key);
    const folder = this.#folders.find(({ origin }) => origin === card?.origin);
    if (card === undefined || folder === undefined) throw new MailhuntError('RULE0040', { rule: key.slice(0, 120) });
    const path = join(folder.path, card.path);
    const text = await textAt(path);
    if (text === undefined) throw new MailhuntError('RULE0040', { rule: key.slice(0, 120) });
    const tests = await textAt(path.replace(/\.[^./\\]+$/, '.test.yaml'));
    return { card, name: card.path.split('/').at(-1) ?? card.path, text, ...(tests !== undefined && { tests }) };
  }

  async #cards() {
    const mark = await this.#mark();
    if (this.#known?.mark !== mark)
      this.#known = { mark, ...(await this.#reading.run('cards', { folders: await this.#present() })) };
    return this.#known;
  }

  async #present(): Promise<readonly RuleFolder[]> {
    const there = await Promise.all(this.#folders.map(({ path }) => stat(path).catch(() => undefined)));
    return this.#folders.filter((_, index) => there[index]?.isDirectory());
  }

  /** What changes when a file of rules does. */
  async #mark(): Promise<string> {
    const marks = await Promise.all(
      this.#folders.map(async ({ path }) => {
        const names = await readdir(path, { recursive: true }).catch(() => []);
        const found = names.filter((name) => /\.\w{2,8}$/.test(name)).sort();
        const times = await Promise.all(found.map((name) => stat(join(path, name)).catch(() => undefined)));
        return found.map((name, index) => `${name} ${times[index]?.size} ${times[index]?.mtimeMs}`).join('\n');
      }),
    );
    return marks.join('\n\n');
  }

  async #withStanding(card: BareCard): Promise<RuleCard> {
    const { proofs, runs } = await this.#memory();
    const { text, tests } = await this.#text(card.key);
    const standing = proofs[proofKey(text, tests)] ?? (await shippedProofs())[proofKey(text, tests)] ?? {};
    const last = runs[card.key];
    return { ...card, standing, ...(last && { last }) };
  }

  #memory(): Promise<Remembered> {
    this.#remembered ??= readFile(join(this.#own, '.remembered.json'), 'utf8')
      .then((text) => JSON.parse(text) as Remembered)
      // Nothing was remembered yet, or it cannot be read: rules are proved and run anew.
      .catch(() => ({ proofs: {}, runs: {} }));
    return this.#remembered;
  }

  async #remember(kind: keyof Remembered, key: string, value: CardStanding | LastRun): Promise<void> {
    const memory = await this.#memory();
    const entries = memory[kind] as Record<string, unknown>;
    delete entries[key];
    entries[key] = value;
    for (const old of Object.keys(entries).slice(0, -MEMORY)) delete entries[old];
    await mkdir(this.#own, { recursive: true, mode: 0o700 });
    await this.#write('.remembered.json', JSON.stringify(memory));
  }
}

const pick = ({ count, hasFired, milliseconds }: Pick<RuleRun, 'count' | 'hasFired' | 'milliseconds'>) => ({
  count,
  hasFired,
  milliseconds: Math.round(milliseconds),
});

const ticksText = (ms: number): string => String(ticksFromUnixMs(ms));

let shipped: Promise<Readonly<Record<string, CardStanding>>> | undefined;

/** The verdicts that come with the rules of mailhunt, by the hash of their texts (`rules/proofs.json`). */
function shippedProofs(): Promise<Readonly<Record<string, CardStanding>>> {
  shipped ??= readFile(join(packFolder(), 'proofs.json'), 'utf8')
    .then((text) => JSON.parse(text).proofs as Readonly<Record<string, CardStanding>>)
    .catch(() => ({}));
  return shipped;
}
