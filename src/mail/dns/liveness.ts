import { MailhuntError } from '../../errors/index.ts';
import { ROOT } from './domain-name.ts';
import type { DnsFailure, Resolver } from './resolver.ts';

/** Every resolver that reaches the world's DNS has an answer about these: the root, and a name reserved to exist (RFC 2606). */
const known = [ROOT, 'example.com'];

/** Why DNS cannot be relied on. */
type Death = DnsFailure | 'denies all';

/** What is known about a resolver beforehand. */
export interface LivenessOptions {
  /**
   * True for name servers that somebody chose for what they know, such as a laboratory's: they may deny the root and
   * everything else. Those of a machine that do so only say that it is cut off.
   */
  readonly chosen?: boolean;
}

/**
 * Whether DNS answers at all. Any answer counts, "no such name" too, unless even the root is denied; only failures to all
 * questions mean that it is dead.
 *
 * @example if (!(await isAlive(dns))) return;
 */
export const isAlive = async (resolver: Resolver, options: LivenessOptions = {}): Promise<boolean> =>
  (await deathOf(resolver, options)) === undefined;

/**
 * Stops work that needs DNS before a dead line is taken for a fact about somebody's mail.
 *
 * @throws MailhuntError MAIL0001 where no DNS server answers, or one that knows no name at all
 */
export async function requireDns(resolver: Resolver, options: LivenessOptions = {}): Promise<void> {
  const death = await deathOf(resolver, options);
  if (death) throw new MailhuntError('MAIL0001', { failure: sentences[death] });
}

async function deathOf(resolver: Resolver, { chosen = false }: LivenessOptions): Promise<Death | undefined> {
  const answers = await Promise.all(known.map((name) => resolver.query(name, 'A')));
  const failures = answers.flatMap((answer) => (answer.status === 'failed' ? answer.failure : []));
  if (failures.length === answers.length) return failures[0];
  const denies = answers.every(({ status }) => status === 'failed' || status === 'no-name');
  return denies && !chosen ? 'denies all' : undefined;
}

const sentences: Readonly<Record<Death, string>> = {
  timeout: 'the time ran out',
  servfail: 'the server reports a failure of its own',
  refused: 'the server refuses to answer',
  unreachable: 'the server cannot be reached',
  malformed: 'what comes back is no DNS',
  'too large': 'the answers are too large',
  'alias loop': 'the answers lead in a circle',
  'denies all': 'it says that no name exists, not even the root',
};
