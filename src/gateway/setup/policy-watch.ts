import { readFile, stat } from 'node:fs/promises';
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
 * Reads a policy and looks again every second: a changed file counts for the next message. One that cannot be read any
 * more, or holds a mistake, changes nothing: the policy that was in force stays, and it is said why.
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
  const watched = new WatchedFile(file, options, { mark: await markOf(file), held: await read(file) });
  const timer = setInterval(() => void watched.look(), LOOK).unref();
  return {
    inForce: () => watched.held,
    reload: () => watched.look(true),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

class WatchedFile {
  held: PolicyInForce;
  readonly #file: string;
  readonly #options: PolicyWatchOptions;
  #mark: string;
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
    if (mark === this.#mark && !isWanted) return;
    this.#mark = mark;
    const found = await read(this.#file);
    this.#trouble = '';
    if (found.text === this.held.text && !isWanted) return;
    this.held = found;
    this.#options.onChange(found.policy);
  }

  #tell(error: Error): void {
    if (error.message === this.#trouble) return;
    this.#trouble = error.message;
    this.#options.onTrouble(error);
  }
}

async function read(file: string): Promise<PolicyInForce> {
  const text = await readFile(file, 'utf8');
  return { text, policy: readPolicy(text, file) };
}

const markOf = (file: string): Promise<string> =>
  stat(file).then(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`);
