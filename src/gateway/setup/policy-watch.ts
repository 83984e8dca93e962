import { readFile, stat } from 'node:fs/promises';
import { MailhuntError } from '../../errors/index.ts';
import { defaultPolicyText, readPolicy } from '../../policy/index.ts';
import type { PolicyInForce } from '../judging/index.ts';

/** Milliseconds between two looks at the file. */
const LOOK = 1_000;

/** A policy that is read anew when its file changes. */
export interface PolicyWatch extends Disposable {
  readonly inForce: () => PolicyInForce;
  /** Reads it now, whether its file changed or not: somebody has said that it is new. */
  reload(): Promise<void>;
}

/** What a watch tells: that another policy counts from now on, or why the one that was read cannot. */
export interface PolicyWatchOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onChange: (policy: PolicyInForce['policy']) => void;
  /** Told once for each thing that is wrong, however often it is looked at. */
  readonly onTrouble: (error: Error) => void;
}

/**
 * Reads a policy and looks again every second: a changed file counts when two looks have found it the same, for one that is
 * just being written may read as another policy. One that cannot be read any more, is cut off or holds a mistake changes
 * nothing: the policy that was in force stays, and it is said why.
 *
 * @param file the default policy where undefined
 * @throws MailhuntError POLICY0001 where the file holds a mistake at the start; the system's error where it cannot be read
 * @example using watch = await watchPolicy('policy.yaml', options); watch.inForce().policy.name
 */
export async function watchPolicy(file: string | undefined, options: PolicyWatchOptions): Promise<PolicyWatch> {
  if (file === undefined) {
    const text = defaultPolicyText(options.now());
    const held = { text, policy: readPolicy(text, '') };
    return { inForce: () => held, reload: async () => {}, [Symbol.dispose]: () => {} };
  }
  const watched = new WatchedFile(file, options, await started(file));
  const timer = setInterval(() => void watched.look(), LOOK).unref();
  return {
    inForce: () => watched.held,
    reload: () => watched.look(true),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** What a look found. */
interface Look {
  /** Of the file as it lies there. */
  readonly mark: string;
  /** What stands in it, or why it cannot be read. */
  readonly found: string | Error;
}

class WatchedFile {
  held: PolicyInForce;
  readonly #file: string;
  readonly #options: PolicyWatchOptions;
  /** Of the file that was read last, for good or ill. */
  #mark: string;
  /** The look before this one, where it found a file that has not been read yet. */
  #before: Look | undefined;
  #trouble = '';
  #looking: Promise<void> = Promise.resolve();
  #isLooking = false;

  constructor(
    file: string,
    options: PolicyWatchOptions,
    { mark, held }: { readonly mark: string; readonly held: PolicyInForce },
  ) {
    this.#file = file;
    this.#options = options;
    this.#mark = mark;
    this.held = held;
  }

  /** One look at a time; a slow disk does not heap them up. */
  look(isWanted = false): Promise<void> {
    if (this.#isLooking && !isWanted) return this.#looking;
    this.#isLooking = true;
    this.#looking = this.#looking
      .then(() => this.#look(isWanted))
      .catch((error: unknown) => this.#tell(error instanceof Error ? error : new Error(String(error))))
      .finally(() => {
        this.#isLooking = false;
      });
    return this.#looking;
  }

  async #look(isWanted: boolean): Promise<void> {
    if (isWanted) this.#trouble = '';
    const mark = await markOf(this.#file);
    if (mark === this.#mark && !isWanted) {
      this.#before = undefined;
      return;
    }
    const look = { mark, found: await textOf(this.#file) };
    const isSettled = isWanted || isSame(look, this.#before);
    this.#before = isSettled ? undefined : look;
    if (isSettled) this.#take(look, isWanted);
  }

  #take({ mark, found }: Look, isWanted: boolean): void {
    this.#mark = mark;
    if (typeof found !== 'string') throw found;
    const policy = readPolicy(found, this.#file);
    refuseCutOff(found, policy);
    this.#trouble = '';
    if (found === this.held.text && !isWanted) return;
    this.held = { text: found, policy };
    this.#options.onChange(policy);
  }

  #tell(error: Error): void {
    if (error.message === this.#trouble) return;
    this.#trouble = error.message;
    this.#options.onTrouble(error);
  }
}

async function started(file: string): Promise<{ readonly mark: string; readonly held: PolicyInForce }> {
  const mark = await markOf(file);
  const text = await readFile(file, 'utf8');
  return { mark, held: { text, policy: readPolicy(text, file) } };
}

/** A policy without any word of rules is one whose end is missing: it would let all mail in. `rules: []` says that it is meant. */
function refuseCutOff(text: string, { file, rules }: PolicyInForce['policy']): void {
  if (rules.length > 0 || /^\s*["']?rules["']?\s*:/m.test(text)) return;
  const line = text.trimEnd().split('\n').length;
  throw new MailhuntError('POLICY0001', { file, line, column: 1, text: 'ends here, without rules' });
}

const isSame = ({ mark, found }: Look, before: Look | undefined): boolean =>
  before !== undefined && before.mark === mark && String(before.found) === String(found);

const textOf = (file: string): Promise<string | Error> => readFile(file, 'utf8').catch((error: Error) => error);

/** Of a file that is not there the word for it. */
const markOf = (file: string): Promise<string> =>
  stat(file).then(
    ({ mtimeMs, ctimeMs, size, ino }) => `${mtimeMs} ${ctimeMs} ${size} ${ino}`,
    (error: Error) => error.message,
  );
