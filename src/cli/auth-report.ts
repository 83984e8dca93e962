import type {
  Authentication,
  Claims,
  DkimResult,
  DmarcDomainResult,
  Hop,
  Mailbox,
  RawMessage,
  ReceivedVerdict,
} from '../mail/index.ts';
import { harmless } from './harmless.ts';
import type { Output } from './output.ts';
import { cut, padded } from './width.ts';

/** Everything that `mailhunt auth` shows. */
export interface Shown {
  readonly message: RawMessage;
  readonly claims: Claims;
  readonly hops: readonly Hop[];
  readonly authentication: Authentication;
  /** What a trusted receiver wrote. */
  readonly received: ReceivedVerdict | undefined;
}

/** A line: what it is about, and what is to be said. */
type Line = readonly [label: string, text: string];

const LABEL = 12;
const WORD = 10;
/** Hops that are listed; a message may have invented any number. */
const HOPS = 30;

/**
 * What a message claims, what it proves, and the verdict, for a person: one fact a line. Text of the sender is made
 * harmless and cut to the width of the terminal.
 */
export function authReport(shown: Shown, { width }: Pick<Output, 'width'>): string {
  const sections: readonly (readonly [title: string, lines: readonly Line[]])[] = [
    ['The message claims', claimLines(shown)],
    ['It came by (newest first)', hopLines(shown)],
    ['It proves', proofLines(shown.authentication)],
    ['The receiver said', receiverLines(shown.received)],
    ['Verdict', verdictLines(shown.authentication)],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map((line) => printed(line, width)).join('')}`)
    .join('\n');
}

const printed = ([label, text]: Line, width: number): string =>
  `${cut(`  ${padded(label, LABEL, 'left')}${harmless(text)}`, Math.max(40, width))}\n`;

const mailboxText = ({ name, address }: Mailbox): string => (name === '' ? address : `${name} <${address}>`);
const mailboxesText = (mailboxes: readonly Mailbox[]): string => mailboxes.map(mailboxText).join(', ');
const timeText = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z').replace('T', ' ');

function claimLines({ message, claims, authentication }: Shown): readonly Line[] {
  const { transaction } = authentication;
  const given: readonly (readonly [string, string | undefined])[] = [
    ['From', mailboxesText(claims.authors.mailboxes)],
    ...claims.authors.problems.map((problem) => ['', `(${problem})`] as const),
    ...claims.tricks.map(({ shownDomain }) => ['', `(the name shows ${shownDomain})`] as const),
    ['Sender', claims.sender && mailboxText(claims.sender)],
    ['Reply-To', mailboxesText(claims.replyTo) || undefined],
    ['Envelope', transaction.mailFrom === undefined ? 'not known' : `<${transaction.mailFrom}>`],
    ['To', mailboxesText([...claims.to, ...claims.cc]) || undefined],
    ['Subject', claims.subject],
    ['Date', claims.date === undefined ? undefined : timeText(claims.date)],
    ['Message-ID', claims.messageId],
    ['List-Id', claims.listId],
    ...message.defects.map((defect) => ['Form', defect] as const),
  ];
  return given.filter((line): line is Line => line[1] !== undefined);
}

function hopLines({ hops, authentication: { transaction } }: Shown): readonly Line[] {
  const client = hops.findIndex(({ ip }) => ip !== undefined && ip === transaction.ip);
  const lines = hops.slice(0, HOPS).map((hop, at): Line => {
    const time = hop.at === undefined ? '' : `${timeText(hop.at)}  `;
    const from = [hop.helo, hop.ip && `[${hop.ip}]`].filter(Boolean).join(' ');
    const mark = at === client ? `  ← the client, ${transaction.known}` : '';
    return [String(at + 1), `${time}${hop.by ?? '?'}  from ${from || '?'}${mark}`];
  });
  if (hops.length > HOPS) lines.push(['…', `${hops.length - HOPS} more`]);
  if (transaction.known === 'given') lines.push(['client', `${transaction.ip}, as given`]);
  if (transaction.ip === undefined) lines.push(['client', 'not known: SPF cannot be checked']);
  return lines;
}

const proof = (method: string, result: string, about: string): Line => [
  method,
  `${padded(result, WORD, 'left')}  ${about}`,
];

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

function proofLines({ spf, dkim, dmarc, dmarcByOtherMode, arc }: Authentication): readonly Line[] {
  return [
    proof('SPF', spf.result, joined(spf.domain && `${spf.domain} (${spf.identity})`, spf.reason, spf.mechanism)),
    ...(dkim.signatures.length === 0 ? [proof('DKIM', 'none', 'message not signed')] : dkim.signatures.map(dkimLine)),
    ...(dkim.ignored > 0 ? [proof('', '', `${dkim.ignored} more signatures were not looked at`)] : []),
    ...domainsOf(dmarc).map((domain) => dmarcLine('DMARC', domain)),
    ...(dmarc.result === dmarcByOtherMode.result && dmarc.disposition === dmarcByOtherMode.disposition
      ? []
      : domainsOf(dmarcByOtherMode).map((domain) => dmarcLine(modeNames[dmarcByOtherMode.mode], domain))),
    proof('ARC', arc.result, joined(arc.sets.at(-1)?.sealer, arc.reason)),
  ];
}

const modeNames = { rfc9989: 'RFC 9989', rfc7489: 'RFC 7489' } as const;

const domainsOf = (found: Authentication['dmarc']): readonly DmarcDomainResult[] =>
  found.domains.length === 0 ? [found] : found.domains;

const dkimLine = (one: DkimResult): Line =>
  proof(
    'DKIM',
    one.result,
    joined(
      one.domain && `${one.domain} (selector ${one.selector})`,
      one.reason,
      one.algorithm,
      one.coversBody ? undefined : 'l= leaves part of the body unsigned',
      one.testing ? 'the key is for testing' : undefined,
    ),
  );

const dmarcLine = (label: string, one: DmarcDomainResult): Line =>
  proof(
    label,
    one.result,
    joined(
      one.domain || 'no author domain',
      one.reason,
      one.policy === undefined ? undefined : `${one.recordDomain} asks for ${one.policy}`,
    ),
  );

const receiverLines = (received: ReceivedVerdict | undefined): readonly Line[] =>
  received === undefined
    ? []
    : received.results.map(({ method, result, reason }) =>
        proof(method.toUpperCase(), result, joined(reason, `by ${received.receiver}`)),
      );

function verdictLines({ words, composite, checkedAt }: Authentication): readonly Line[] {
  const { spf, dkim, dmarc, action, compauth, reason } = words;
  return [
    ['', `spf=${spf} dkim=${dkim} dmarc=${dmarc} action=${action} compauth=${compauth} reason=${reason}`],
    ['because', composite.meaning],
    ['checked', timeText(checkedAt)],
  ];
}
