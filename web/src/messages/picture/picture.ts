import type { CheckFacts, MessageFacts } from '../../../../src/evidence/index.ts';

/** How a step came out: it holds, it does not, it was never put to the test, or nobody knows. */
export type State = 'good' | 'bad' | 'none' | 'unknown';

/** One way in which the author domain could be proved: a claim, its proof, and whether that speaks for the author. */
export interface Path {
  readonly id: string;
  /** `SPF`, `DKIM`, `ARC`. */
  readonly method: string;
  /** What was claimed, and by what name: hostile text. */
  readonly claim: { readonly label: string; readonly value: string; readonly detail: string };
  readonly proof: { readonly state: State; readonly word: string; readonly words: string };
  readonly alignment: { readonly state: State; readonly words: string };
  /** Where the path ends before it reaches the author: at the proof, at the alignment; undefined where it does not. */
  readonly breaksAt: 'proof' | 'alignment' | undefined;
  /** All of it in one sentence, for a screen reader. */
  readonly sentence: string;
}

/** What follows from the verdict. */
export interface Outcome {
  readonly label: string;
  readonly value: string;
  readonly state: State;
}

/** Who claimed what, what was proved, what belongs to whom, and where it broke. */
export interface Picture {
  readonly author: { readonly name: string; readonly address: string; readonly domain: string };
  readonly paths: readonly Path[];
  readonly verdict: { readonly word: string; readonly state: State; readonly words: string; readonly record: string };
  readonly outcomes: readonly Outcome[];
  /** One sentence: why it came out so. */
  readonly summary: string;
  /** False where only the words of an export are known, and no check by itself. */
  readonly isWhole: boolean;
}

/**
 * The authentication of a message as a picture: paths from what was claimed to the author whom the reader sees. Every
 * path that reaches him makes DMARC pass; the others break somewhere, and the picture says where.
 *
 * @example pictureOf(message).paths.map(({ method, breaksAt }) => [method, breaksAt]) // [['SPF', 'alignment'], …]
 */
export function pictureOf(message: MessageFacts): Picture {
  const { checks, words } = message;
  const dmarc = checks.find(({ method }) => method === 'DMARC');
  const author = dmarc?.domain || message.senderFromDomain;
  const owner = dmarc?.organizationalDomain ?? '';
  const paths = checks.length > 0 ? pathsOf(checks, author, owner) : pathsOfWords(message, author);
  const word = dmarc?.result || words.dmarc;
  return {
    author: { name: message.senderDisplayName, address: message.senderFromAddress, domain: author },
    paths,
    verdict: {
      word: word || 'not known',
      state: stateOf(word),
      words: dmarc?.reason ?? '',
      record: dmarc?.record ?? '',
    },
    outcomes: outcomesOf(message, dmarc),
    summary: summaryOf(word, author, paths),
    isWhole: checks.length > 0,
  };
}

const stateOf = (result: string): State => {
  if (result === 'pass' || result === 'bestguesspass') return 'good';
  if (result === '' || result === 'none' || result === 'neutral') return result === '' ? 'unknown' : 'none';
  return result === 'temperror' ? 'unknown' : 'bad';
};

const makers: Readonly<Record<string, (check: CheckFacts, author: string, owner: string) => Path>> = {
  SPF: spfPath,
  DKIM: dkimPath,
  ARC: arcPath,
};

const pathsOf = (checks: readonly CheckFacts[], author: string, owner: string): readonly Path[] =>
  checks.flatMap((check) => {
    if (check.method === 'ARC' && check.result === 'none') return [];
    return makers[check.method]?.(check, author, owner) ?? [];
  });

function spfPath(check: CheckFacts, author: string, owner: string): Path {
  const label = check.identity === 'helo' ? 'HELO name' : 'Envelope sender';
  const client = check.clientIp ? `from ${check.clientIp}` : 'client not known';
  return path(check, 'SPF', { label, value: check.domain || 'no domain', detail: client }, author, owner);
}

function dkimPath(check: CheckFacts, author: string, owner: string): Path {
  if (check.domain === '')
    return path(
      check,
      'DKIM',
      { label: 'Signature', value: 'none', detail: 'the message is not signed' },
      author,
      owner,
    );
  const key = [check.selector && `key ${check.selector}`, check.algorithm, check.keyBits && `${check.keyBits} bits`];
  return path(
    check,
    'DKIM',
    { label: 'Signed by d=', value: check.domain, detail: key.filter(Boolean).join(', ') },
    author,
    owner,
  );
}

/** What forwarders sealed. It speaks for what they saw, not for the author, unless the receiver trusts them. */
function arcPath(check: CheckFacts): Path {
  const sets = Array.isArray(check.details.sets) ? (check.details.sets as readonly Record<string, unknown>[]) : [];
  const sealers = sets.flatMap(({ sealer }) => (typeof sealer === 'string' ? [sealer] : []));
  const proof = { state: stateOf(check.result), word: check.result, words: check.reason };
  const words = 'counts only where the receiver trusts the sealer';
  return {
    id: `ARC ${check.ordinal}`,
    method: 'ARC',
    claim: {
      label: 'Sealed by',
      value: check.domain || 'unknown',
      detail: sealers.length > 1 ? sealers.join(' → ') : '',
    },
    proof,
    alignment: { state: 'none', words },
    breaksAt: proof.state === 'good' ? undefined : 'proof',
    sentence: `ARC: sealed by ${check.domain || 'unknown'}: ${check.result}. It ${words}.`,
  };
}

function path(check: CheckFacts, method: string, claim: Path['claim'], author: string, owner: string): Path {
  const proof = { state: stateOf(check.result), word: check.result || 'not known', words: check.reason };
  const alignment = alignmentOf(check, author, owner);
  const breaksAt = proof.state !== 'good' ? 'proof' : alignment.state === 'good' ? undefined : 'alignment';
  const end = breaksAt === undefined ? `It proves ${author}.` : 'It does not prove the author.';
  return {
    id: `${method} ${check.ordinal}`,
    method,
    claim,
    proof,
    alignment,
    breaksAt,
    sentence: `${method}: ${claim.label} ${claim.value}: ${proof.word}. ${capital(alignment.words)}. ${end}`,
  };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function alignmentOf({ domain, isAligned, alignment }: CheckFacts, author: string, owner: string): Path['alignment'] {
  if (domain === '') return { state: 'none', words: 'nothing to compare' };
  if (isAligned === true) {
    const words = domain === author ? 'the author’s own domain' : `same organisation as ${author}`;
    return { state: 'good', words: alignment ? `${words} (${alignment})` : words };
  }
  const kin = kinship(domain, author, owner);
  if (kin === 'same') return { state: 'good', words: 'the author’s own domain' };
  if (kin === 'organisation') {
    // A proof that was aligned only loosely does not count where the owner asks for the domain itself.
    const strict = isAligned === false ? ', but the owner asks for the very domain (strict)' : '';
    return { state: isAligned === false ? 'bad' : 'good', words: `same organisation as ${author}${strict}` };
  }
  return kin === 'other'
    ? { state: 'bad', words: `not ${author}: another owner` }
    : {
        state: isAligned === false ? 'bad' : 'unknown',
        words: isAligned === false ? `does not count for ${author}` : `whether it belongs to ${author} is not known`,
      };
}

function kinship(domain: string, author: string, owner: string): 'same' | 'organisation' | 'other' | 'unknown' {
  if (domain === author) return 'same';
  if (owner === '') return 'unknown';
  return domain === owner || domain.endsWith(`.${owner}`) ? 'organisation' : 'other';
}

/** An export of Defender has words and two domains, and no reasons. */
function pathsOfWords({ words, senderMailFromDomain, senderIp }: MessageFacts, author: string): readonly Path[] {
  const check = (method: string, result: string, domain: string): CheckFacts =>
    ({
      method,
      ordinal: 0,
      result,
      reason: '',
      domain,
      clientIp: senderIp,
      identity: '',
      selector: '',
      algorithm: '',
      alignment: '',
      details: {},
    }) as unknown as CheckFacts;
  const dkim = path(
    check('DKIM', words.dkim, ''),
    'DKIM',
    { label: 'Signed by d=', value: words.dkim === 'none' ? 'none' : 'not in the export', detail: '' },
    author,
    '',
  );
  return [
    ...(words.spf ? [spfPath(check('SPF', words.spf, senderMailFromDomain), author, '')] : []),
    ...(words.dkim ? [{ ...dkim, ...(words.dkim === 'pass' && unknownAlignment(author)) }] : []),
  ];
}

const unknownAlignment = (author: string): Pick<Path, 'alignment' | 'breaksAt'> => ({
  alignment: { state: 'unknown', words: `whether it belongs to ${author} is not in the export` },
  breaksAt: undefined,
});

function outcomesOf(message: MessageFacts, dmarc: CheckFacts | undefined): readonly Outcome[] {
  const { words, recipients, checks } = message;
  const composite = checks.find(({ method }) => method === 'CompAuth');
  const action = words.action || dmarc?.action || '';
  const asked = dmarc?.policy ?? '';
  const failed = (dmarc?.result || words.dmarc) === 'fail';
  const compAuth = composite?.result || words.compAuth;
  const reason = composite?.reasonCode || words.reason;
  return [
    ...(asked ? [{ label: 'The owner asks', value: `p=${asked}`, state: 'none' as const }] : []),
    ...(action && action !== 'none' ? [{ label: 'DMARC action', value: action, state: 'bad' as const }] : []),
    ...(compAuth
      ? [
          {
            label: 'Receiver concluded',
            value: `compauth=${compAuth}${reason ? ` reason=${reason}` : ''}`,
            state: stateOf(compAuth),
          },
        ]
      : []),
    ...deliveredAs(recipients, failed),
  ];
}

function deliveredAs(recipients: MessageFacts['recipients'], failed: boolean): readonly Outcome[] {
  const counts = new Map<string, number>();
  for (const { deliveryAction, deliveryLocation } of recipients) {
    const words = [deliveryAction, deliveryLocation && `(${deliveryLocation})`].filter(Boolean).join(' ');
    if (words) counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => {
    const reached = value.startsWith('Delivered');
    return {
      label: 'What happened',
      value: count === 1 && counts.size === 1 ? value : `${value} × ${count}`,
      state: failed ? (reached ? 'bad' : 'good') : reached ? 'good' : 'none',
    };
  });
}

function summaryOf(word: string, author: string, paths: readonly Path[]): string {
  const proving = paths.filter(({ breaksAt, method }) => breaksAt === undefined && method !== 'ARC');
  if (word === 'pass' || word === 'bestguesspass')
    return proving.length === 0
      ? `DMARC passed for ${author}.`
      : `${listed(proving.map(({ method }) => method))} prove${proving.length === 1 ? 's' : ''} that ${author} sent it.`;
  if (word === 'none')
    return `${author} publishes no DMARC record: nobody is asked to prove that the author is who he says.`;
  if (word === 'temperror') return `DNS did not answer: whether ${author} sent it is not known.`;
  if (word !== 'fail') return word === '' ? 'No result is known.' : `DMARC ended with ${word} for ${author}.`;
  const breaks = paths.filter(({ method }) => method !== 'ARC').map(breakWords);
  return `Nothing proves that ${author} sent it${breaks.length === 0 ? '' : `: ${breaks.join('; ')}`}.`;
}

function breakWords({ method, claim, proof, breaksAt }: Path): string {
  if (breaksAt === 'alignment') return `${method} passed, but for ${claim.value}`;
  if (method === 'DKIM' && claim.value === 'none') return 'it is not signed';
  return breaksAt === 'proof' ? `${method} says ${proof.word} for ${claim.value}` : `${method} says ${proof.word}`;
}

const listed = (words: readonly string[]): string => {
  const each = [...new Set(words)];
  return each.length < 2 ? (each[0] ?? '') : `${each.slice(0, -1).join(', ')} and ${each.at(-1)}`;
};
