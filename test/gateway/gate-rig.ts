import { applyEdits } from '../../src/gateway/edits/index.ts';
import type { Gate, Offered, Ruling } from '../../src/gateway/gate.ts';
import type { Entry } from '../../src/gateway/journal/index.ts';
import {
  Acquaintances,
  DeferredDeliveries,
  type GateOptions,
  type HearingSetup,
  hearingsHere,
  openGate,
} from '../../src/gateway/judging/index.ts';
import { type Resolver, readMessage } from '../../src/mail/index.ts';
import { defaultPolicy, enforced, type Policy, type Reply, Reputation } from '../../src/policy/index.ts';

export const AT = Date.parse('2026-07-18T12:00:00Z');

/** A DNS of text records. */
export const textZone = (texts: Readonly<Record<string, string>>): Resolver => ({
  query: async (name, type) => {
    const text = texts[name];
    if (type !== 'TXT' || text === undefined) return { status: 'no-name' };
    return { status: 'found', records: [text] } as never;
  },
});

export const silentDns: Resolver = { query: async () => ({ status: 'failed', failure: 'timeout' }) };

/** A gate with all that it told. */
export interface TriedGate {
  readonly gate: Gate;
  readonly entries: Entry[];
  readonly notices: Error[];
}

/** What a test says of a gate. */
export type GateChanges = Partial<GateOptions & HearingSetup> & {
  readonly policy?: () => Policy;
  readonly resolver?: Resolver;
};

/** A gate in Enforce with the default policy, that judges in this thread, its journal a list. */
export function triedGate({ policy, resolver = textZone({}), ...changes }: GateChanges = {}): TriedGate {
  const entries: Entry[] = [];
  const notices: Error[] = [];
  const usual = enforced(defaultPolicy(AT));
  const setup: HearingSetup = {
    stamping: { authservId: 'mx.contoso.com' },
    judge: { acceptedDomains: ['contoso.com'], dmarcMode: 'rfc9989', rsaSha1: 'policy' },
    rows: { withHeaderForm: true },
    keepMessages: false,
    dnsTime: 10_000,
    ...changes,
  };
  const options: GateOptions = {
    inForce: () => ({ policy: policy?.() ?? usual, text: '' }),
    hearings: hearingsHere(setup, resolver),
    stamping: setup.stamping,
    acceptedDomains: setup.judge.acceptedDomains,
    isDnsAlive: async () => true,
    onTrouble: 'closed',
    reputation: new Reputation(),
    acquaintances: new Acquaintances(),
    deferred: new DeferredDeliveries(),
    journal: {
      hasRoom: true,
      record: async (entry) => {
        entries.push(entry);
      },
    },
    notice: (error) => notices.push(error),
    ...changes,
  };
  return { gate: openGate(options), entries, notices };
}

export const offered = (text: string | Buffer, changes: Partial<Offered> = {}): Offered => ({
  client: { ip: '192.0.2.7', helo: 'mail.bank.example', name: undefined, isAuthenticated: false },
  mailFrom: 'bounce@bank.example',
  recipients: ['anna@contoso.com'],
  bytes: typeof text === 'string' ? Buffer.from(text.replace(/\r?\n/g, '\r\n')) : text,
  at: AT,
  protocol: 'ESMTP',
  ...changes,
});

export const never = new AbortController().signal;

export const ok: Reply = { code: 250, enhanced: '2.0.0', text: 'Ok' };

/** What the client is told: `550 5.7.26`, `250`. */
export const told = ({ course, reply }: Ruling): string => {
  const answer = course === 'answer' ? reply! : ok;
  return answer.code === 250 ? '250' : `${answer.code} ${answer.enhanced}`;
};

/** The values of a field of a message as it goes on. */
export const fieldsAfter = ({ bytes }: Offered, { edits }: Ruling, name: string): readonly string[] =>
  readMessage(applyEdits(bytes, edits))
    .fields.filter((field) => field.name === name.toLowerCase())
    .map(({ value }) => value.replaceAll('\r\n', '').trim());
