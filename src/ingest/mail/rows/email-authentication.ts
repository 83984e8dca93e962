import type {
  Authentication,
  DmarcDomainResult,
  DmarcResult,
  MethodResult,
  ReceivedVerdict,
} from '../../../mail/index.ts';
import type { JudgedMessage } from '../judged-message.ts';
import { dynamic, rowTable, ticks } from './row-table.ts';

/** One check of one message. */
export interface Check {
  readonly method: 'SPF' | 'DKIM' | 'DMARC' | 'DMARC-7489' | 'ARC' | 'CompAuth';
  /** From 0: which signature, which author domain. */
  readonly ordinal: number;
  readonly result: string;
  readonly reason?: string | undefined;
  readonly reasonCode?: string | undefined;
  readonly domain?: string | undefined;
  readonly organizationalDomain?: string | undefined;
  readonly identity?: string | undefined;
  readonly selector?: string | undefined;
  readonly algorithm?: string | undefined;
  readonly keyBits?: number | undefined;
  readonly alignment?: string | undefined;
  readonly isAligned?: boolean | undefined;
  readonly recordDomain?: string | undefined;
  readonly record?: string | undefined;
  readonly policy?: string | undefined;
  readonly action?: string | undefined;
  readonly details?: object | undefined;
}

/** A check with the message that it was made of. */
export interface MessageCheck {
  readonly judged: JudgedMessage;
  readonly check: Check;
}

/** EmailAuthentication: a row for each check. */
export const emailAuthentication = rowTable<MessageCheck>('EmailAuthentication', {
  Timestamp: ({ judged }) => ticks(judged.at),
  NetworkMessageId: ({ judged }) => judged.networkMessageId,
  InternetMessageId: ({ judged }) => judged.claims.messageId ?? '',
  Method: ({ check }) => check.method,
  Ordinal: ({ check }) => check.ordinal,
  Result: ({ check }) => check.result,
  Reason: ({ check }) => check.reason ?? '',
  ReasonCode: ({ check }) => check.reasonCode ?? '',
  Domain: ({ check }) => check.domain ?? '',
  OrganizationalDomain: ({ check }) => check.organizationalDomain ?? '',
  Identity: ({ check }) => check.identity ?? '',
  Selector: ({ check }) => check.selector ?? '',
  Algorithm: ({ check }) => check.algorithm ?? '',
  KeyBits: ({ check }) => check.keyBits ?? null,
  Alignment: ({ check }) => check.alignment ?? '',
  IsAligned: ({ check }) => check.isAligned ?? null,
  RecordDomain: ({ check }) => check.recordDomain ?? '',
  Record: ({ check }) => check.record ?? '',
  Policy: ({ check }) => check.policy ?? '',
  Action: ({ check }) => check.action ?? '',
  ClientIP: ({ judged }) => judged.transaction.ip ?? '',
  Helo: ({ judged }) => judged.transaction.helo ?? '',
  ClientKnown: ({ judged }) => judged.transaction.known,
  VerdictSource: ({ judged }) => judged.verdict.source,
  Receiver: ({ judged: { verdict } }) => (verdict.source === 'received' ? verdict.received.receiver : ''),
  CheckedAt: ({ judged: { verdict, at } }) =>
    ticks(verdict.source === 'verified' ? verdict.authentication.checkedAt : at),
  Details: ({ check }) => (check.details === undefined ? null : dynamic(check.details)),
});

/** Every check that a verdict is made of. */
export function checksOf({ verdict }: JudgedMessage): readonly Check[] {
  if (verdict.source === 'verified') return verified(verdict.authentication);
  return verdict.source === 'received' ? received(verdict.received) : [];
}

const verified = (found: Authentication): readonly Check[] => [
  spf(found),
  ...dkim(found),
  ...dmarc('DMARC', found.dmarc, found.composite.action),
  ...(sameVerdict(found.dmarc, found.dmarcByOtherMode) ? [] : dmarc('DMARC-7489', found.dmarcByOtherMode)),
  arc(found),
  {
    method: 'CompAuth',
    ordinal: 0,
    result: found.composite.compauth,
    reason: found.composite.meaning,
    reasonCode: found.composite.reason,
    domain: found.dmarc.domain,
    action: found.composite.action,
  },
];

const alignmentOf = ({ dmarc }: Authentication, method: 'spf' | 'dkim', domain: string) => {
  const found = dmarc.alignments.find((one) => one.method === method && one.domain === domain);
  return { alignment: found?.alignment, isAligned: found?.counts };
};

function spf(found: Authentication): Check {
  const { result, reason, domain, identity, record, mechanism, explanation, lookups, voidLookups } = found.spf;
  return {
    method: 'SPF',
    ordinal: 0,
    result,
    reason,
    domain,
    identity,
    recordDomain: record === undefined ? '' : domain,
    record,
    ...(result === 'pass' ? alignmentOf(found, 'spf', domain) : {}),
    details: { mechanism, explanation, lookups, voidLookups },
  };
}

function dkim(found: Authentication): readonly Check[] {
  const { signatures, ignored } = found.dkim;
  if (signatures.length === 0) return [{ method: 'DKIM', ordinal: 0, result: 'none', reason: 'message not signed' }];
  return signatures.map((one, ordinal) => ({
    method: 'DKIM',
    ordinal,
    result: one.result,
    reason: one.reason,
    domain: one.domain,
    identity: one.identity,
    selector: one.selector,
    algorithm: one.algorithm,
    keyBits: one.keyBits,
    ...(one.result === 'pass' ? alignmentOf(found, 'dkim', one.domain) : {}),
    details: {
      canonicalization: one.canonicalization,
      signedHeaders: one.signedHeaders,
      bodyLength: one.bodyLength,
      coversBody: one.coversBody,
      testing: one.testing || undefined,
      signedAt: one.signedAt,
      expiresAt: one.expiresAt,
      ignored: ignored > 0 ? ignored : undefined,
    },
  }));
}

/** A row for each author domain; the action of the message stands at each. */
const dmarc = (method: 'DMARC' | 'DMARC-7489', found: DmarcResult, action?: string): readonly Check[] =>
  (found.domains.length === 0 ? [found] : found.domains).map((one: DmarcDomainResult, ordinal) => ({
    method,
    ordinal,
    result: one.result,
    reason: one.reason,
    domain: one.domain,
    organizationalDomain: one.organizationalDomain,
    recordDomain: one.recordDomain,
    record: one.record,
    policy: one.policy,
    action,
    isAligned: one.alignments.some(({ counts }) => counts),
    alignment: one.alignments.find(({ counts }) => counts)?.alignment,
    details: { mode: found.mode, disposition: one.disposition, alignments: one.alignments, queries: one.queries },
  }));

const sameVerdict = (one: DmarcResult, other: DmarcResult): boolean =>
  one.result === other.result && one.policy === other.policy && one.disposition === other.disposition;

function arc({ arc: { result, reason, sets } }: Authentication): Check {
  const newest = sets.at(-1);
  return {
    method: 'ARC',
    ordinal: 0,
    result,
    reason,
    domain: newest?.sealer,
    selector: newest?.selector,
    details: sets.length === 0 ? undefined : { sets },
  };
}

const methods: Readonly<Record<string, Check['method']>> = {
  spf: 'SPF',
  dkim: 'DKIM',
  dmarc: 'DMARC',
  arc: 'ARC',
  compauth: 'CompAuth',
};
/** Which property names the domain that a method speaks of. */
const domainProperties = ['smtp.mailfrom', 'smtp.helo', 'header.d', 'header.i', 'header.from'];

/** What a receiver wrote, as it wrote it. */
function received({ results }: ReceivedVerdict): readonly Check[] {
  const seen = new Map<Check['method'], number>();
  return results.flatMap(({ method: name, result, reason, properties }: MethodResult) => {
    const method = methods[name];
    if (method === undefined) return [];
    const ordinal = seen.get(method) ?? 0;
    seen.set(method, ordinal + 1);
    const domain = domainProperties.map((property) => properties[property]).find((value) => value !== undefined);
    return [
      {
        method,
        ordinal,
        result,
        reason,
        reasonCode: method === 'CompAuth' ? properties.reason : undefined,
        domain: domain?.slice(domain.lastIndexOf('@') + 1).toLowerCase(),
        selector: properties['header.s'],
        action: properties.action,
        details: properties,
      },
    ];
  });
}
