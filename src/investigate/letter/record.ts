import { isSameOrg, type Scene } from '../../evidence/index.ts';
import type { Letter } from '../investigation.ts';
import { isDomainText, isIpText } from '../plain-text.ts';

/** What the owner of a domain is to do: in words, the record where it can be known, and what cannot be known from here. */
export interface Advice {
  readonly words: string;
  readonly record?: NonNullable<Letter['record']>;
  /** What only the owner or his platform knows. */
  readonly missing?: string;
}

type Adviser = (scene: Scene) => Advice | undefined;

/**
 * A record with the client's address put before the mechanism that ends it; undefined where it cannot be told where that is.
 *
 * @example withMechanism('v=spf1 ip4:192.0.2.1 -all', 'ip4:192.0.2.9') // 'v=spf1 ip4:192.0.2.1 ip4:192.0.2.9 -all'
 */
export function withMechanism(record: string, mechanism: string): string | undefined {
  if (!/^v=spf1(?:\s|$)/i.test(record) || /[^\x20-\x7e]/.test(record) || record.length > 2000) return undefined;
  const terms = record.trim().split(/\s+/);
  if (terms.some((term) => term.toLowerCase() === mechanism.toLowerCase())) return undefined;
  const end = terms.findIndex((term) => /^(?:[-~?+]?all|redirect=.*)$/i.test(term));
  const at = end < 0 ? terms.length : end;
  return [...terms.slice(0, at), mechanism, ...terms.slice(at)].join(' ');
}

const mechanismOf = (ip: string): string | undefined =>
  !isIpText(ip) ? undefined : ip.includes(':') ? `ip6:${ip}` : `ip4:${ip}`;

/** SPF is checked for the envelope: only where that is the author’s own does a record of the author help. */
const listClient: Adviser = ({ spf, clientIp, isClientAssumed, author }) => {
  if (!/^(?:fail|softfail|neutral|none)$/.test(spf.word) || !isSameOrg(spf.domain, author) || !isDomainText(spf.domain))
    return undefined;
  const mechanism = isClientAssumed ? undefined : mechanismOf(clientIp);
  if (mechanism === undefined)
    return {
      words: `Add the server that sent this message to the SPF record of ${spf.domain}.`,
      missing: 'its address: the Received field that names it was not written by a receiver that we trust',
    };
  const before = spf.row?.record ?? '';
  const value = withMechanism(before, mechanism);
  if (value !== undefined)
    return {
      words: `If ${clientIp} is a server of yours, add ${mechanism} to the SPF record of ${spf.domain}. It now reads: ${before}`,
      record: { name: `${spf.domain}.`, type: 'TXT', value },
    };
  return {
    words:
      spf.word === 'none'
        ? `${spf.domain} publishes no SPF record. If ${clientIp} is a server of yours, publish one that holds ${mechanism}.`
        : `If ${clientIp} is a server of yours, add ${mechanism} to the SPF record of ${spf.domain}.`,
    missing:
      spf.word === 'none'
        ? 'which other servers send for you; a record that leaves one out makes its mail fail'
        : 'the record as it stands: this message’s source tells the result alone',
  };
};

const repairSpf: Adviser = ({ spf, author }) =>
  spf.word === 'permerror' && isSameOrg(spf.domain, author)
    ? {
        words: `The SPF record of ${spf.domain} cannot be evaluated${spf.reason === '' ? '' : ` (${spf.reason})`}${spf.row?.record ? `; it reads: ${spf.row.record}` : ''}.`,
        missing: 'which of its parts you still need',
      }
    : undefined;

const signByPlatform: Adviser = ({ foreign, author, authorOrg, dkim }) => {
  const [platform] = foreign;
  if (platform === undefined) return undefined;
  const selector = dkim.find(({ domain, word }) => word === 'pass' && isSameOrg(domain, platform))?.row?.selector ?? '';
  return {
    words:
      `${platform} sent the message and ${selector === '' ? 'answers for it in its own name' : `signed it for itself (selector ${selector})`}. Have it sign for ${authorOrg}: in its settings this is called domain authentication or a custom DKIM domain, ` +
      `and it names the CNAME or TXT records to publish below _domainkey.${authorOrg}. ` +
      `Adding it to the SPF record of ${author} alone does not help, for SPF is checked for the envelope, which is ${platform}’s; a bounce domain below ${authorOrg} would align as well.`,
    missing: `the selectors and keys that ${platform} gives you: only it knows them`,
  };
};

const publishKey: Adviser = ({ dkim, author }) => {
  const lost = dkim.find(
    ({ domain, word, reason }) =>
      word !== 'pass' && isSameOrg(domain, author) && /no key|no longer|not published|revoked/i.test(reason),
  );
  if (lost === undefined) return undefined;
  const selector = lost.row?.selector ?? '';
  return {
    words: `The message is signed for ${lost.domain}${selector === '' ? '' : ` with the selector ${selector}`}, and there is no key${selector === '' ? '' : ` at ${selector}._domainkey.${lost.domain}`}. Publish it again.`,
    missing: 'the public key: only whoever holds the private one knows it',
  };
};

const relaxAlignment: Adviser = ({ dmarc, aligned }) => {
  const record = dmarc.row?.record ?? '';
  const at = dmarc.row?.recordDomain ?? '';
  if (dmarc.word !== 'fail' || aligned.length === 0 || !/\ba(?:dkim|spf)\s*=\s*s/i.test(record) || !isDomainText(at))
    return undefined;
  return {
    words: `${aligned.join(' and ')} passed for your organization, and your record asks for exactly the same domain. Sign with exactly that domain, or relax the alignment.`,
    record: { name: `_dmarc.${at}.`, type: 'TXT', value: record.replaceAll(/\b(adkim|aspf)(\s*=\s*)s/gi, '$1$2r') },
  };
};

const publishDmarc: Adviser = ({ dmarc, authorOrg, aligned }) =>
  dmarc.word === 'none' && aligned.length > 0 && isDomainText(authorOrg)
    ? {
        words: `${authorOrg} has no DMARC record; SPF and DKIM are ready for one. Begin by watching.`,
        record: { name: `_dmarc.${authorOrg}.`, type: 'TXT', value: 'v=DMARC1; p=none' },
        missing: 'the address for reports (rua=mailto:…)',
      }
    : undefined;

const repairDmarc: Adviser = ({ dmarc, author }) =>
  dmarc.word === 'permerror'
    ? {
        words: `The DMARC record of ${author} cannot be read${dmarc.reason === '' ? '' : ` (${dmarc.reason})`}${dmarc.row?.record ? `; it reads: ${dmarc.row.record}` : ''}.`,
        missing: 'what it was meant to say',
      }
    : undefined;

const sign: Adviser = ({ dkim, author }) =>
  dkim.some(({ domain }) => isSameOrg(domain, author))
    ? undefined
    : {
        words: `Nothing was signed for ${author}. Sign outgoing mail with DKIM: a signature survives forwarding, SPF does not.`,
        missing: 'selector and key: your mail server makes them',
      };

const advisers: readonly Adviser[] = [
  relaxAlignment,
  publishKey,
  repairSpf,
  repairDmarc,
  publishDmarc,
  signByPlatform,
  listClient,
  sign,
];

/** What is to be repaired at the author's domain, the most helpful first. Where nothing says what, the list is empty. */
export const advicesOf = (scene: Scene): readonly Advice[] => advisers.flatMap((adviser) => adviser(scene) ?? []);
