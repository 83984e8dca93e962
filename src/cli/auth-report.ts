import { basename } from 'node:path';
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
import { wrapped } from './wrap.ts';

/** Everything that `mailhunt auth` shows. */
export interface Shown {
  readonly message: RawMessage;
  readonly claims: Claims;
  readonly hops: readonly Hop[];
  readonly authentication: Authentication;
  /** What a trusted receiver wrote. */
  readonly received: ReceivedVerdict | undefined;
  /** The zone file whose answers stood for DNS. */
  readonly zoneFile: string | undefined;
}

/** A line: what it is about, and what is to be said. What the sender chose is cut, what was found out is wrapped. */
interface Line {
  readonly label: string;
  readonly text: string;
  readonly isClaim?: boolean;
  /** Columns at the beginning of the text that stay empty where it goes on. */
  readonly column?: number;
}

const LABEL = 12;
const WORD = 11;
const TIME = 20;
const NARROW = 40;
/** Of a pipe: wide enough that few lines are cut, and text of the sender cannot fill a page. */
const WIDE = 400;
/** Hops that are listed; a message may have invented any number. */
const HOPS = 30;

/**
 * The verdict on a message and why, what it proves, what it claims and how it came, for a person: one fact a line. Text
 * of the sender is made harmless and cut to the width of the terminal; verdicts and reasons go on in the next line.
 */
export function authReport(shown: Shown, { width }: Pick<Output, 'width'>): string {
  const sections: readonly (readonly [title: string, lines: readonly Line[]])[] = [
    ['The message claims', claimLines(shown)],
    ['It came by (the newest hop first)', hopLines(shown)],
    ['It proves', proofLines(shown.authentication)],
    ['The receiver that you trust said', receiverLines(shown.received)],
    ['Verdict', verdictLines(shown)],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => `${title}\n${lines.map((line) => printed(line, width)).join('')}`)
    .join('\n');
}

function printed({ label, text, isClaim = false, column = 0 }: Line, width: number): string {
  const columns = Math.max(NARROW, Math.min(width, WIDE));
  const start = `  ${padded(label, LABEL, 'left')}`;
  if (isClaim) return `${cut(start + harmless(text), columns)}\n`;
  if (width === Number.POSITIVE_INFINITY) return `${start}${harmless(text)}\n`;
  const indent = ' '.repeat(start.length + column);
  const [first = '', ...rest] = wrapped(harmless(text), columns - start.length, columns - indent.length);
  return [start + first, ...rest.map((line) => indent + line)].map((line) => `${line}\n`).join('');
}

const claim = (label: string, text: string): Line => ({ label, text, isClaim: true });
const fact = (label: string, text: string): Line => ({ label, text });

const mailboxText = ({ name, address }: Mailbox): string => (name === '' ? address : `${name} <${address}>`);
const mailboxesText = (mailboxes: readonly Mailbox[]): string => mailboxes.map(mailboxText).join(', ');
const timeText = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}Z`;

function claimLines({ message, claims, authentication }: Shown): readonly Line[] {
  const { transaction } = authentication;
  const list = (mailboxes: readonly Mailbox[]) => (mailboxes.length === 0 ? undefined : mailboxesText(mailboxes));
  const lines: readonly (Line | undefined)[] = [
    claim('From', list(claims.authors.mailboxes) ?? 'no address'),
    ...claims.authors.problems.map((problem) => fact('', `(${problem})`)),
    ...claims.tricks.map(({ shownDomain }) => fact('', `(the name shows ${shownDomain}, the address is elsewhere)`)),
    optional('Sender', claims.sender && mailboxText(claims.sender)),
    optional('Reply-To', list(claims.replyTo)),
    claim('Envelope', envelopeText(transaction.mailFrom)),
    optional('To', list([...claims.to, ...claims.cc])),
    optional('Subject', claims.subject),
    optional('Date', claims.date === undefined ? undefined : timeText(claims.date)),
    optional('Message-ID', claims.messageId),
    optional('List-Id', claims.listId),
    ...message.defects.map((defect) => fact('Form', defect)),
  ];
  return lines.filter((line) => line !== undefined);
}

const optional = (label: string, text: string | undefined): Line | undefined =>
  text === undefined ? undefined : claim(label, text);

function envelopeText(mailFrom: string | undefined): string {
  if (mailFrom === undefined) return 'not known: no Return-Path, and no --from';
  return mailFrom === '' ? '<> (the null sender, of bounces)' : `<${mailFrom}>`;
}

function hopLines({ hops, authentication: { transaction } }: Shown): readonly Line[] {
  const { ip, known } = transaction;
  const border = known === 'given' ? -1 : hops.findIndex((hop) => hop.ip !== undefined && hop.ip === ip);
  const lines = hops.slice(0, HOPS).flatMap((hop, at) => {
    const line = { ...fact(String(at + 1), hopText(hop).slice(0, WIDE)), column: 2 };
    return at === border ? [line, fact('', `↑ ${borderText(ip, known)}`)] : [line];
  });
  if (hops.length > HOPS) lines.push(fact('…', `${hops.length - HOPS} more`));
  if (hops.length === 0) lines.push(fact('', 'no Received field: nothing tells the way'));
  if (known === 'given') lines.push(fact('client', `${ip}, as given`));
  if (ip === undefined) lines.push(fact('client', 'not known: SPF cannot be checked. Give it with --ip'));
  return lines;
}

function hopText(hop: Hop): string {
  const time = hop.at === undefined ? 'no time' : timeText(hop.at);
  const from = [hop.helo, hop.ip && `[${hop.ip}]`].filter(Boolean).join(' ');
  return `${padded(time, TIME, 'left')}  ${from || '(no client named)'} → ${hop.by ?? '(no host named)'}`;
}

const borderText = (ip: string | undefined, known: string): string =>
  known === 'trusted'
    ? `here it entered, from ${ip}: a receiver that you trust wrote this hop; older ones may be invented`
    : `here it entered, from ${ip}: assumed, as no receiver is named with --trust; older hops may be invented`;

const proof = (method: string, result: string, about: string): Line => ({
  ...fact(method, `${padded(result, WORD, 'left')} ${about}`),
  column: WORD + 1,
});

const joined = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' · ');

function proofLines({ spf, dkim, dmarc, dmarcByOtherMode, arc }: Authentication): readonly Line[] {
  const spfDomain = spf.domain && `${spf.domain} (${spf.identity === 'helo' ? 'HELO' : 'envelope sender'})`;
  return [
    proof('SPF', spf.result, joined(spfDomain, spf.reason)),
    ...(dkim.signatures.length === 0 ? [proof('DKIM', 'none', 'message not signed')] : dkim.signatures.map(dkimLine)),
    ...(dkim.ignored > 0 ? [proof('', '', `${dkim.ignored} more signatures were not looked at`)] : []),
    ...domainsOf(dmarc).flatMap((domain) => dmarcLines('DMARC', domain)),
    ...(dmarc.result === dmarcByOtherMode.result && dmarc.disposition === dmarcByOtherMode.disposition
      ? []
      : domainsOf(dmarcByOtherMode).flatMap((domain) => dmarcLines(modeNames[dmarcByOtherMode.mode], domain))),
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

function dmarcLines(label: string, one: DmarcDomainResult): readonly Line[] {
  const { domain, reason, policy, recordDomain, result, organizationalDomain } = one;
  const asks = policy === undefined ? undefined : `${recordDomain} asks for ${policy} where it fails`;
  const line = proof(label, result, joined(domain || 'no author domain', reason, asks));
  if (result !== 'fail') return [line];
  const kin = organizationalDomain === domain ? 'a name below it' : `another name of ${organizationalDomain}`;
  return [line, proof('', '', `it takes a pass of SPF or DKIM for ${domain}, or where the owner allows, ${kin}`)];
}

const receiverLines = (received: ReceivedVerdict | undefined): readonly Line[] =>
  received === undefined
    ? []
    : received.results.map(({ method, result, reason }) =>
        proof(method.toUpperCase(), result, joined(reason, `by ${received.receiver}`)),
      );

function verdictLines({ authentication: { words, composite, checkedAt }, zoneFile }: Shown): readonly Line[] {
  const { spf, dkim, dmarc, action, compauth, reason } = words;
  const source = zoneFile === undefined ? 'with DNS as it was then' : `with the answers in ${basename(zoneFile)}`;
  return [
    fact('', `spf=${spf} dkim=${dkim} dmarc=${dmarc} action=${action} compauth=${compauth} reason=${reason}`),
    fact('because', composite.meaning),
    ...(composite.override === undefined ? [] : [fact('but', composite.override)]),
    fact('checked', `${timeText(checkedAt)}, ${source}`),
  ];
}
