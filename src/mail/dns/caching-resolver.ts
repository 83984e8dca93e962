import { domainName } from './domain-name.ts';
import { questionQueue } from './question-queue.ts';
import { charactersOf } from './record-set.ts';
import type { RecordedAnswer } from './recording-resolver.ts';
import type { DnsAnswer, RecordType, Resolver } from './resolver.ts';

export interface CachingResolverOptions {
  /** The clock, in ms; only differences count. */
  readonly now: () => number;
  /** The most answers kept; the one unused for longest goes first. */
  readonly entries?: number;
  /** The most characters of names and records kept. */
  readonly characters?: number;
  /** How long records are believed, in ms. c-ares tells no TTL of TXT, MX and PTR, so one age is for all. */
  readonly ttlMs?: number;
  /** How long "no such name" and "no such record" are believed, in ms. */
  readonly negativeTtlMs?: number;
  /** How long a failure is repeated without asking, in ms. It stays a failure. */
  readonly failureTtlMs?: number;
  /** The most questions under way at once; the others wait. */
  readonly concurrency?: number;
  /** The most of them for names of one registered name (see `groupOf`), so that one slow zone stalls nobody else. */
  readonly perNameLimit?: number;
  /** How long a question may wait for its place, in ms; then it has failed unasked, since nobody waits for it any more. */
  readonly patienceMs?: number;
}

export interface CacheStats {
  /** Questions answered from memory. */
  readonly hits: number;
  /** Questions that joined the same one under way. */
  readonly joined: number;
  /** Questions passed on. */
  readonly asked: number;
  /** Of those, the ones that failed. */
  readonly failed: number;
  /** Answers dropped for room. */
  readonly evicted: number;
  readonly entries: number;
  readonly characters: number;
  readonly running: number;
  readonly waiting: number;
}

export interface CachingResolver extends Resolver {
  stats(): CacheStats;
  /** What is in memory and still believed, least recently used first. */
  answers(): readonly RecordedAnswer[];
}

interface Kept extends RecordedAnswer {
  /** On the caller's clock: believed before this. */
  readonly until: number;
  readonly characters: number;
}

/**
 * Remembers answers, asks the same question once however many ask it together, and bounds what is under way at once.
 * A failure is kept for a short time only and is never made into "no such name". What `upstream` throws is passed to
 * all who asked and is not kept.
 *
 * @example const dns = cachingResolver(systemResolver(), { now: () => performance.now() });
 */
export function cachingResolver(
  upstream: Resolver,
  {
    now,
    entries = 10_000,
    characters = 1 << 24,
    ttlMs = 300_000,
    negativeTtlMs = 60_000,
    failureTtlMs = 20_000,
    concurrency = 32,
    perNameLimit = 8,
    patienceMs = Number.POSITIVE_INFINITY,
  }: CachingResolverOptions,
): CachingResolver {
  const ages: Readonly<Record<DnsAnswer<RecordType>['status'], number>> = {
    found: ttlMs,
    'no-record': negativeTtlMs,
    'no-name': negativeTtlMs,
    failed: failureTtlMs,
  };
  /** Insertion order is order of use. */
  const kept = new Map<string, Kept>();
  const underWay = new Map<string, Promise<DnsAnswer<RecordType>>>();
  const queue = questionQueue({ concurrency, perGroup: perNameLimit });
  const count = { hits: 0, joined: 0, asked: 0, failed: 0, evicted: 0 };
  let held = 0;

  // One iterator goes on from eviction to eviction: a new one walks over the gaps of all that was deleted before.
  let inOrder = kept.keys();
  const oldest = (): string => {
    const { value, done } = inOrder.next();
    if (!done) return value;
    inOrder = kept.keys();
    return inOrder.next().value!;
  };
  const drop = (key: string): void => {
    held -= kept.get(key)?.characters ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, made: Kept): void => {
    drop(key);
    kept.set(key, made);
    held += made.characters;
    while (kept.size > entries || held > characters) {
      drop(oldest());
      count.evicted++;
    }
  };
  const remembered = (key: string): DnsAnswer<RecordType> | undefined => {
    const found = kept.get(key);
    if (!found) return undefined;
    kept.delete(key);
    if (found.until <= now()) {
      held -= found.characters;
      return undefined;
    }
    kept.set(key, found);
    return found.answer;
  };
  const ask = async (key: string, name: string, type: RecordType): Promise<DnsAnswer<RecordType>> => {
    const since = now();
    try {
      const answer = await queue.run(groupOf(name), async () => {
        if (now() - since > patienceMs) return undefined;
        count.asked++;
        return upstream.query(name, type);
      });
      if (answer === undefined) return { status: 'failed', failure: 'timeout' };
      if (answer.status === 'failed') count.failed++;
      keep(key, { name, type, answer, until: now() + ages[answer.status], characters: lengthOf(key, answer) });
      return answer;
    } finally {
      underWay.delete(key);
    }
  };

  return {
    query<T extends RecordType>(text: string, type: T): Promise<DnsAnswer<T>> {
      const name = domainName(text);
      if (name === undefined) return Promise.resolve({ status: 'no-name' });
      const key = `${type} ${name}`;
      const known = remembered(key);
      if (known) {
        count.hits++;
        return Promise.resolve(known as DnsAnswer<T>);
      }
      const joined = underWay.get(key);
      if (joined) {
        count.joined++;
        return joined as Promise<DnsAnswer<T>>;
      }
      const asking = ask(key, name, type);
      underWay.set(key, asking);
      return asking as Promise<DnsAnswer<T>>;
    },
    stats: () => ({
      ...count,
      entries: kept.size,
      characters: held,
      running: queue.running,
      waiting: queue.waiting,
    }),
    answers: () => {
      const time = now();
      return [...kept.values()]
        .filter(({ until }) => until > time)
        .map(({ name, type, answer }) => ({ name, type, answer }));
    },
  };
}

const lengthOf = (key: string, answer: DnsAnswer<RecordType>): number =>
  key.length + (answer.status === 'found' ? charactersOf(answer.records) : 0);

/** Labels of a reverse name that belong to one operator at the finest: an IPv4 /16, an IPv6 /32. */
const reverseLabels: Readonly<Record<string, number>> = { 'in-addr.arpa': 4, 'ip6.arpa': 10 };

/**
 * Names that share name servers, roughly: those that end in the same two labels. (`co.uk` counts as one group; it only
 * means that its names take turns among themselves.)
 */
function groupOf(name: string): string {
  const labels = name.split('.');
  const last = labels.slice(-2).join('.');
  return labels.slice(-(reverseLabels[last] ?? 2)).join('.');
}
