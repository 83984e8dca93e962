/** A gate house for each case of the lab: a journal, a quarantine and a name server of its own, before one store. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type GateHouse, openGateHouse } from '../../src/gateway/gate-house.ts';
import type { Case } from '../../src/lab/index.ts';
import { cachingResolver, isAlive, systemResolver } from '../../src/mail/index.ts';
import { defaultPolicy, defaultPolicyText, enforced } from '../../src/policy/index.ts';
import { connect, type Session } from '../../src/server/index.ts';
import { texts } from '../store/rig.ts';
import { AT } from './gate-rig.ts';
import { labDns } from './lab-dns.ts';
import { type LabLetter, labLetters } from './lab-letters.ts';
import { served, TOKEN } from './served-store.ts';

/** A case with the gate that its letters come to. */
export interface HousedCase extends AsyncDisposable {
  readonly letters: readonly LabLetter[];
  readonly house: GateHouse;
}

/** What a letter has left in EmailEvents, a row a recipient. */
export interface EventRow {
  readonly recipient: string;
  readonly action: string;
  readonly location: string;
  readonly rule: string;
  /** The words of AuthenticationDetails. */
  readonly details: {
    readonly SPF?: string;
    readonly DKIM?: string;
    readonly DMARC?: string;
    readonly CompAuth?: string;
  };
  /** What no column has room for: the policy's name, and what the client was told. */
  readonly gate: { readonly Policy: string; readonly Mode: string; readonly Action: string; readonly Answer: string };
}

/** Houses, and the store behind all of them. */
export interface LabHouses extends AsyncDisposable {
  /** A whole gate house that has met nobody yet, with the default policy in Enforce. */
  open(one: Case): Promise<HousedCase>;
  /** The rows of a letter, once they can be hunted; fewer than its recipients where they do not come in time. */
  rowsOf(letter: LabLetter): Promise<readonly EventRow[]>;
  /** Rows of EmailEvents, all of them. */
  rows(): Promise<number>;
  /** What an administrator was told. */
  readonly notices: readonly Error[];
}

/** Milliseconds between a question to the name server and the next one, or its failure: loopback needs none of the usual two seconds. */
const DNS_PATIENCE = 300;
/** Milliseconds for rows to come: on a busy machine, too. */
const PATIENCE = 15_000;

/**
 * @param folder for the store and for what each gate keeps
 * @param hostname as which the gates stamp
 */
export async function labHouses(folder: string, hostname: string): Promise<LabHouses> {
  const server = await served(folder);
  const session = connect(server.address, TOKEN);
  const notices: Error[] = [];
  const text = defaultPolicyText(AT);
  const inForce = { policy: enforced(defaultPolicy(AT)), text };
  return {
    notices,
    rows: async () => Number((await texts(server.store, 'SELECT count(*)::VARCHAR FROM "EmailEvents"'))[0]),
    open: async (one) => {
      const { name, acceptedDomains, trustedSealers } = one;
      const letters = await labLetters(one);
      const dns = await labDns(() => letters[0]!.zone);
      const upstream = systemResolver({ servers: [dns.address], timeoutMs: DNS_PATIENCE, tries: 2 });
      const house = await openGateHouse({
        folder: join(folder, 'gates', name),
        run: randomUUID(),
        connect: async () => connect(server.address, TOKEN),
        now: () => AT,
        inForce: () => inForce,
        threads: 0,
        stamping: { authservId: hostname },
        judge: { acceptedDomains, dmarcMode: 'rfc9989', rsaSha1: 'policy', composite: { trustedSealers } },
        rows: { withHeaderForm: true },
        resolver: cachingResolver(upstream, { now: () => performance.now() }),
        isDnsAlive: () => isAlive(upstream, { chosen: true }),
        onTrouble: 'closed',
        keepMessages: true,
        notice: (error) => notices.push(error),
      });
      const close = async (): Promise<void> => {
        await house[Symbol.asyncDispose]();
        await dns[Symbol.asyncDispose]();
      };
      return { letters, house, [Symbol.asyncDispose]: close };
    },
    rowsOf: (letter) => rowsIn(session, letter),
    [Symbol.asyncDispose]: async () => {
      await session.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Letters of one case may share an id, and those of different cases a moment. */
const HUNT = `declare query_parameters(id:string, arrived:long);
EmailEvents
| where InternetMessageId == id and Timestamp == unixtime_milliseconds_todatetime(arrived)
| project RecipientEmailAddress, DeliveryAction, DeliveryLocation, ExchangeTransportRule, AuthenticationDetails, AdditionalFields`;

async function rowsIn(session: Session, { bytes, at, recipients }: LabLetter): Promise<readonly EventRow[]> {
  const [, id = ''] = /^Message-ID: *<?([^>\r\n]*)/im.exec(bytes.toString('latin1')) ?? [];
  const parameters = { id, arrived: String(at) };
  const until = performance.now() + PATIENCE;
  for (;;) {
    const answer = await session.query(HUNT, { parameters });
    const rows: EventRow[] = [];
    for await (const block of answer.tables[0]!.blocks) rows.push(...block.map(rowOf));
    if (rows.length >= recipients.length || performance.now() > until) return rows;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function rowOf(text: string): EventRow {
  const [recipient, action, location, rule, details, additional] = JSON.parse(text);
  const read = (value: unknown) => (typeof value === 'string' ? JSON.parse(value === '' ? '{}' : value) : value);
  return { recipient, action, location, rule, details: read(details), gate: read(additional).Gate };
}
