import type { NextStep } from '../investigation.ts';
import { isAddressText, isDomainText, isIpText } from '../plain-text.ts';
import {
  accounts,
  campaignQuery,
  clicksQuery,
  idsOf,
  signInQuery,
  stillThereQuery,
  temperrorQuery,
} from './queries.ts';
import type { Situation } from './situation.ts';

/** A row of the playbook. */
export interface Play {
  readonly name: string;
  /** For the documentation: when it is to be done. */
  readonly about: string;
  readonly applies: (situation: Situation) => boolean;
  readonly words: (situation: Situation) => string;
  readonly query?: (situation: Situation) => string | undefined;
  readonly text?: (situation: Situation) => string | undefined;
}

const lines = (...texts: readonly (string | undefined)[]): string | undefined => {
  const found = texts.filter((text) => text !== undefined && text !== '');
  return found.length === 0 ? undefined : found.join('\n');
};

/** The playbook, in the order in which things are to be done. */
export const playbook: readonly Play[] = [
  {
    name: 'purge',
    about: 'The message deceives and was delivered.',
    applies: ({ isBad, isDelivered }) => isBad && isDelivered,
    words: ({ evidence }) =>
      `Take the message${kinOf(evidence)} out of all mailboxes. The query lists what is still there; the criteria are for Explorer or a content search.`,
    query: stillThereQuery,
    text: ({ evidence: { message } }) =>
      lines(
        ...idsOf(message.networkMessageId).map((id) => `NetworkMessageId: ${id}`),
        isAddressText(message.senderFromAddress) ? `Sender address: ${message.senderFromAddress}` : undefined,
        isIpText(message.senderIp) ? `Sender IP: ${message.senderIp}` : undefined,
        `Received: ${message.at.slice(0, 10)}`,
      ),
  },
  {
    name: 'reset-credentials',
    about: 'Somebody clicked on a link of a message that deceives.',
    applies: ({ isBad, evidence }) => isBad && evidence.clicks.length > 0,
    words: ({ isTroubled, evidence }) =>
      isTroubled
        ? 'Odd things followed the click: reset the password now, end all sessions, and look for new inbox rules and consents.'
        : `${evidence.clicks.length === 1 ? 'The one who clicked' : 'Those who clicked'} may have given a password away: ask, look at the sign-ins since, and reset it unless you are sure.`,
    query: signInQuery,
    text: ({ evidence }) =>
      lines(...accounts(evidence).map((account) => `Revoke-MgUserSignInSession -UserId '${account}'`)),
  },
  {
    name: 'call-who-answered',
    about: 'Somebody answered a message that deceives.',
    applies: ({ isBad, evidence }) => isBad && evidence.replies.some(({ reachesSender }) => reachesSender),
    words: ({ evidence }) =>
      `${evidence.replies.find(({ reachesSender }) => reachesSender)?.from} answered: call, and stop payments that were agreed on by mail.`,
  },
  {
    name: 'look-for-clicks',
    about: 'The message deceives and holds links.',
    applies: ({ isBad, evidence }) => isBad && evidence.message.urls.length > 0,
    words: () => 'See who clicked on these links, in any message.',
    query: clicksQuery,
  },
  {
    name: 'look-for-kin',
    about: 'The message deceives.',
    applies: ({ isBad }) => isBad,
    words: ({ evidence }) =>
      evidence.campaign.count > 0
        ? `${evidence.campaign.count === 1 ? 'One more message belongs' : `${evidence.campaign.count} more messages belong`} to it; look for others.`
        : 'Look for more of its kind, by source, links and files.',
    query: campaignQuery,
  },
  {
    name: 'block-spoof-pair',
    about:
      'The verdict is spoof: the forged name together with the source is blocked, for the name alone belongs to its owner.',
    applies: ({ word, pair }) => word === 'spoof' && pair !== undefined,
    words: () =>
      'Block the forged name from this source (Tenant Allow/Block List, spoofed senders), and not the name alone: it belongs to somebody else.',
    text: ({ pair, isOwn }) =>
      pair &&
      lines(spoofItem('Block', pair, isOwn), `# mailhunt.yaml\nspoof_block: ['${pair.name} via ${pair.source}']`),
  },
  {
    name: 'block-sender',
    about: 'The verdict is impersonation by an address that was never seen before.',
    applies: ({ word, isStranger, evidence }) =>
      word === 'impersonation' && isStranger && isAddressText(evidence.message.senderFromAddress),
    words: ({ isLookAlike }) =>
      isLookAlike
        ? 'Block the domain: it was made to look like another.'
        : 'Block the address; its domain may be shared with honest people.',
    text: ({ evidence: { message }, isLookAlike }) => {
      const entry =
        isLookAlike && isDomainText(message.senderFromDomain) ? message.senderFromDomain : message.senderFromAddress;
      return `New-TenantAllowBlockListItems -ListType Sender -Block -Entries '${entry}' -NoExpiration`;
    },
  },
  {
    name: 'block-links',
    about: 'The message deceives and its links lead to third parties.',
    applies: ({ isBad, strangeHosts }) => isBad && strangeHosts.length > 0,
    words: () =>
      'Block the links’ hosts. An entry holds for the host, all its pages and all hosts below it: look first whether honest pages share it.',
    text: ({ strangeHosts }) =>
      lines(
        ...strangeHosts.map(
          (host) => `New-TenantAllowBlockListItems -ListType Url -Block -Entries ${urlEntries(host)} -NoExpiration`,
        ),
      ),
  },
  {
    name: 'block-files',
    about: 'The message deceives and carries files.',
    applies: ({ isBad, evidence }) => isBad && hashesOf(evidence).length > 0,
    words: () => 'Block the attached files by their hashes.',
    text: ({ evidence }) =>
      lines(
        ...hashesOf(evidence).map(
          (hash) => `New-TenantAllowBlockListItems -ListType FileHash -Block -Entries '${hash}' -NoExpiration`,
        ),
      ),
  },
  {
    name: 'review-what-let-it-in',
    about: 'The message deceives, and a rule or list of the receiver let it in.',
    applies: ({ isBad, allowedBy }) => isBad && allowedBy !== undefined,
    words: ({ allowedBy }) => `It was let in by ${allowedBy}: narrow it to the sources that it is meant for.`,
  },
  {
    name: 'owner-of-mailbox',
    about: 'The verdict is impersonation, and the account is real: it is in wrong hands.',
    applies: ({ word, isStranger, isProved }) => word === 'impersonation' && !isStranger && isProved,
    words: ({ isOwn, evidence }) =>
      isOwn
        ? `The mailbox ${evidence.message.senderFromAddress} is likely in wrong hands: reset it, end its sessions, look at its rules and what it sent.`
        : `The mailbox ${evidence.message.senderFromAddress} is likely in wrong hands: tell its owner by telephone, and answer nothing.`,
    query: campaignQuery,
  },
  {
    name: 'report-to-platform',
    about: 'The message deceives, and a platform or provider sent it and signed for itself.',
    applies: ({ isBad, carriers }) => isBad && carriers.length > 0,
    words: ({ carriers }) => `Report it to ${carriers.join(' and ')}, with the whole message.`,
    text: ({ carriers, evidence: { message } }) =>
      lines(
        ...carriers.map((domain) => `To: abuse@${domain}`),
        `Received: ${message.at}`,
        isIpText(message.senderIp) ? `Client: ${message.senderIp}` : undefined,
        isAddressText(message.senderMailFromAddress) ? `Envelope: ${message.senderMailFromAddress}` : undefined,
        isAddressText(message.internetMessageId.replaceAll(/[<>]/g, ''))
          ? `Message-ID: ${message.internetMessageId}`
          : undefined,
      ),
  },
  {
    name: 'protect-own-domain',
    about: 'The receiver’s own domain was forged, and its record asks for nothing.',
    applies: ({ word, isOwn, policy }) => word === 'spoof' && isOwn && policy === 'none',
    words: () =>
      'Your own record asks for nothing (p=none). Find who sends for you, set them up, and raise the policy.',
  },
  {
    name: 'write-to-postmaster',
    about: 'The sender is honest and not set up rightly.',
    applies: ({ letter }) => letter !== undefined,
    words: ({ letter }) => `Write to ${letter?.to}: the letter says what was seen and what to publish.`,
    text: ({ letter }) => letter && `To: ${letter.to}\nSubject: ${letter.subject}\n\n${letter.body}`,
  },
  {
    name: 'allow-for-a-while',
    about: 'An honest sender fails, and its mail was junked or quarantined.',
    applies: ({ word, pair, isDelivered }) =>
      (word === 'misconfigured-sender' || word === 'third-party-platform') && pair !== undefined && !isDelivered,
    words: () => 'Until it is repaired, allow this name from this source alone, with an end.',
    text: ({ pair, isOwn, until }) =>
      pair &&
      lines(
        spoofItem('Allow', pair, isOwn),
        `# mailhunt.yaml\nspoof_allow: ['${pair.name} via ${pair.source} until ${until}']`,
      ),
  },
  {
    name: 'consider-trusting-sealer',
    about: 'A list or forwarder that is known seals what it saw, and the receiver does not trust its seals.',
    applies: ({ word, sealer }) => word === 'forwarder-or-list' && sealer !== undefined,
    words: ({ sealer }) =>
      `${sealer} seals what it saw (ARC). If you know it well, trust its seals; whoever breaks into it can then vouch for anything.`,
    text: ({ sealer }) =>
      `Set-ArcConfig -Identity Default -ArcTrustedSealers '${sealer}'\n# mailhunt.yaml\ntrusted_sealers: ['${sealer}']`,
  },
  {
    name: 'look-again',
    about: 'The proof could not be looked up.',
    applies: ({ word, evidence }) => word === 'temporary-failure' || evidence.message.words.dmarc === 'temperror',
    words: () =>
      'Check the message again now that DNS may answer (mailhunt auth FILE.eml), and see what else came in those minutes without a verdict.',
    query: temperrorQuery,
  },
  {
    name: 'nothing-to-do',
    about: 'The message is honest, and nothing followed.',
    applies: ({ word, isTroubled }) => (word === 'legitimate' || word === 'forwarder-or-list') && !isTroubled,
    words: ({ word }) =>
      word === 'legitimate'
        ? 'Nothing has to be done.'
        : 'Nothing has to be done about the way it came; what it asks for is as good as its author.',
  },
  {
    name: 'look-at-what-followed',
    about: 'The message looks honest, and odd things followed.',
    applies: ({ isBad, isTroubled }) => !isBad && isTroubled,
    words: () => 'The message looks honest, and yet odd things followed it: see whether they have another cause.',
    query: signInQuery,
  },
];

/**
 * An entry for a spoofed sender. None for a network of IPv6: as infrastructure Microsoft documents domains and IPv4's /24.
 *
 * Source: https://learn.microsoft.com/defender-office-365/tenant-allow-block-list-email-spoof-configure, "Domain pair syntax".
 */
const spoofItem = (
  action: 'Allow' | 'Block',
  { name, source }: NonNullable<Situation['pair']>,
  isOwn: boolean,
): string | undefined =>
  source.includes(':')
    ? undefined
    : `New-TenantAllowBlockListSpoofItems -Identity Default -Action ${action} -SpoofedUser '${name}' -SendingInfrastructure '${source}' -SpoofType ${isOwn ? 'Internal' : 'External'}`;

/**
 * A host as the Tenant Allow/Block List takes it. A name alone blocks itself, its pages and the hosts below it; `host/*` would
 * leave out the bare name. An address alone is the bare address, so its pages are named as well.
 *
 * Source: https://learn.microsoft.com/defender-office-365/tenant-allow-block-list-urls-configure, "URL entry scenarios".
 */
const urlEntries = (host: string): string => (isIpText(host) ? `'${host}','${host}/*'` : `'${host}'`);

const kinOf = ({ campaign: { count } }: Situation['evidence']): string =>
  count === 0 ? '' : ` and the ${count === 1 ? 'one' : count} of its kind`;

const SHA256 = /^[0-9a-f]{64}$/i;
const hashesOf = ({ message }: Situation['evidence']): readonly string[] =>
  [...new Set(message.attachments.map(({ sha256 }) => sha256))].filter((hash) => SHA256.test(hash)).slice(0, 20);

/** What is to be done, in order, with queries and commands that are ready. */
export const nextStepsOf = (situation: Situation): readonly NextStep[] =>
  playbook
    .filter(({ applies }) => applies(situation))
    .map(({ name, words, query, text }) => {
      const [asked, ready] = [query?.(situation), text?.(situation)];
      return {
        name,
        words: words(situation),
        ...(asked === undefined ? {} : { query: asked }),
        ...(ready === undefined ? {} : { text: ready }),
      };
    });
