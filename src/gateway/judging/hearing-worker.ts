/** A worker thread that hears messages; see `hearing-threads.ts` for who talks to it. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { cachingResolver, resolverOverPort } from '../../mail/index.ts';
import { type Policy, readPolicy } from '../../policy/index.ts';
import { type Hearing, type HearingSetup, hear } from './hearing.ts';
import type { Answered, PolicyText, Question } from './hearing-threads.ts';

const { setup, dns } = workerData as { readonly setup: HearingSetup; readonly dns: MessagePort };
// The thread that owns the worker has the cache that counts; this one spares the way there.
const resolver = cachingResolver(resolverOverPort(dns), {
  now: () => performance.now(),
  ttlMs: 10_000,
  negativeTtlMs: 10_000,
  failureTtlMs: 1000,
  concurrency: 1000,
  perNameLimit: 1000,
});
const hearings = new Map<number, Hearing>();
let read: { readonly of: PolicyText; readonly policy: Policy } | undefined;

/** The policy of a text, read once. */
function policyOf(of: PolicyText): Policy {
  if (read?.of.text !== of.text || read.of.mode !== of.mode || read.of.file !== of.file) {
    read = { of, policy: { ...readPolicy(of.text, of.file), mode: of.mode } };
  }
  return read.policy;
}

async function answer({ hearing: id, asked }: Question): Promise<unknown> {
  if (asked.kind === 'open') {
    const { offered, policy, isChecked } = asked;
    const bytes = Buffer.from(offered.bytes.buffer, offered.bytes.byteOffset, offered.bytes.length);
    const about = { policy: policyOf(policy), setup, resolver, isChecked };
    const hearing = await hear({ ...offered, bytes }, about);
    hearings.set(id, hearing);
    return hearing.facts;
  }
  const hearing = hearings.get(id);
  if (asked.kind === 'end') {
    hearings.delete(id);
    return hearing?.end();
  }
  if (hearing === undefined) throw new Error('the hearing is over');
  if (asked.kind === 'decide') return hearing.decide(asked.evidence);
  hearings.delete(id);
  const { kept, ...entry } = await hearing.entry(asked.id, asked.answer, asked.decision);
  return kept === undefined ? entry : { ...entry, kept: { as: kept.as } };
}

/** Tells that all is loaded; an answer to nobody. */
const READY: Answered = { number: 0 };

parentPort!.on('message', (question: Question) => {
  const { number } = question;
  const send = (answered: Omit<Answered, 'number'>): void => {
    parentPort!.postMessage({ number, ...answered });
  };
  answer(question).then(
    (value) => send({ value }),
    (error: unknown) => send({ defect: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
parentPort!.postMessage(READY);
