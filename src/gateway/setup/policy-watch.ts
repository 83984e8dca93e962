import { readFile, stat } from 'node:fs/promises';
import { defaultPolicyText, readPolicy } from '../../policy/index.ts';
import type { PolicyInForce } from '../judging/index.ts';

/** Milliseconds between two looks at the file. */
const LOOK = 1_000;

/** A policy that is read anew when its file changes. */
export interface PolicyWatch extends Disposable {
  readonly inForce: () => PolicyInForce;
}

/** What a watch tells: that another policy counts from now on, or why the one that was read cannot. */
export interface PolicyWatchOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly onChange: (policy: PolicyInForce['policy']) => void;
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
    return { inForce: () => held, [Symbol.dispose]: () => {} };
  }
  let seen = await markOf(file);
  let held = await read(file);
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    try {
      const mark = await markOf(file);
      if (mark === seen) return;
      seen = mark;
      held = await read(file);
      options.onChange(held.policy);
    } catch (error) {
      options.onTrouble(error instanceof Error ? error : new Error(String(error)));
    } finally {
      isLooking = false;
    }
  };
  const timer = setInterval(() => void look(), LOOK).unref();
  return { inForce: () => held, [Symbol.dispose]: () => clearInterval(timer) };
}

async function read(file: string): Promise<PolicyInForce> {
  const text = await readFile(file, 'utf8');
  return { text, policy: readPolicy(text, file) };
}

const markOf = (file: string): Promise<string> =>
  stat(file).then(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`);
