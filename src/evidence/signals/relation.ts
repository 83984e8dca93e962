import type { Alike } from './acquaintance.ts';
import { domainOfAddress, isSameOrg, orgOf } from './domains.ts';
import { isNewTo, isStoreOld } from './history.ts';
import { hasMixedScripts, type Likeness } from './look-alike.ts';
import { headersQuery, senderQuery } from './queries.ts';
import { isRoleName } from './role-names.ts';
import type { Scene } from './scene.ts';
import type { SignalRow } from './signal.ts';

const isProved = ({ dmarc, aligned }: Scene): boolean =>
  dmarc.word === 'pass' || dmarc.word === 'bestguesspass' || (dmarc.word === 'none' && aligned.length > 0);

/** An address inside a display name: `Bank <alerts@bank.example>`. */
const ADDRESS = /[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,8}[\w-]{2,63})/;

function addressInName({ message, author }: Scene): string | undefined {
  const found = ADDRESS.exec(message.senderDisplayName.slice(0, 500));
  return found === null || isSameOrg(found[1]!, author) ? undefined : found[0];
}

/** A name that many unrelated addresses bear says nothing of who it is. */
const FEW = 3;

/** Somebody whom the house knows under the display name of this message, where this address is new to it. */
export function namesakeOf({ acquaintance, evidence, author, ownOrgs, message }: Scene): string | undefined {
  if (!isNewTo(message.at, evidence.history.address.first) || isRoleName(message.senderDisplayName)) return undefined;
  const others = acquaintance.namesakes.filter(({ address }) => !isSameOrg(domainOfAddress(address), author));
  const known = others.filter(({ address, passed }) => passed > 0 || ownOrgs.has(orgOf(domainOfAddress(address))));
  const orgs = new Set(others.map(({ address }) => orgOf(domainOfAddress(address))));
  return orgs.size > FEW ? undefined : known[0]?.address;
}

/** A domain that the house knows and that a new author's looks like in one of these ways. */
function alikeOf({ acquaintance, evidence, message }: Scene, ...ways: readonly Likeness[]): Alike | undefined {
  if (!isNewTo(message.at, evidence.history.domain.first)) return undefined;
  return acquaintance.alikes.find(({ likeness }) => ways.includes(likeness));
}

/** How From, the envelope, Reply-To and the display name stand to each other and to those whom the house knows. */
export const relationRows: readonly SignalRow[] = (
  [
    {
      name: 'own-domain-from-outside',
      forgeable: 'nobody',
      about: 'From names the receiver’s own organization, the message came from outside, and nothing passed for it.',
      see: (scene) =>
        scene.isOwn && scene.isChecked && !isProved(scene) && scene.aligned.length === 0
          ? `The message names your own domain ${scene.author} and came from outside without proof.`
          : undefined,
      query: senderQuery,
    },
    {
      name: 'own-mailbox-from-outside',
      forgeable: 'nobody',
      about:
        'From is an address of the receiver’s own that writes from inside, and this came from outside without proof.',
      see: (scene) => {
        const { message, acquaintance, isOwn, isChecked, aligned } = scene;
        const { fromInside = 0 } = acquaintance;
        return isOwn && isChecked && fromInside > 0 && !isProved(scene) && aligned.length === 0
          ? `${message.senderFromAddress} writes from inside, ${fromInside === 1 ? 'once' : `${fromInside} times`} so far; this came from outside.`
          : undefined;
      },
      query: senderQuery,
    },
    {
      name: 'name-holds-other-address',
      forgeable: 'nobody',
      about: 'The display name holds an address of another organization than the address behind it.',
      see: (scene) => {
        const shown = addressInName(scene);
        return shown && `The display name shows ${shown}, and the message is from ${scene.message.senderFromAddress}.`;
      },
      query: senderQuery,
    },
    {
      name: 'namesake-of-known-person',
      forgeable: 'nobody',
      about: 'A new address bears the display name of somebody whom the house knows under another address.',
      see: (scene) => {
        const known = namesakeOf(scene);
        return (
          known &&
          `“${scene.message.senderDisplayName}” is known here as ${known}; ${scene.message.senderFromAddress} was never seen.`
        );
      },
      query: senderQuery,
    },
    {
      name: 'look-alike-from',
      forgeable: 'nobody',
      about: 'The From domain reads like one that the house knows: letters that look the same, or one letter changed.',
      see: (scene) => {
        const alike = alikeOf(scene, 'letters', 'one-letter');
        return alike && `${scene.author} looks like ${alike.domain}, and is not.`;
      },
      query: senderQuery,
    },
    {
      name: 'known-name-elsewhere',
      forgeable: 'nobody',
      about:
        'The new From domain bears the name of one that the house knows: under another ending, with words added, or in front.',
      see: (scene) => {
        const alike = alikeOf(scene, 'ending', 'added-words', 'in-front');
        return alike && `${scene.author} bears the name of ${alike.domain}, and is another domain.`;
      },
      query: senderQuery,
    },
    {
      name: 'mixed-scripts-from',
      forgeable: 'nobody',
      about: 'A label of the From domain mixes Latin letters with those of another alphabet.',
      see: ({ author }) => (hasMixedScripts(author) ? `${author} mixes letters of two alphabets.` : undefined),
      query: senderQuery,
    },
    {
      name: 'envelope-elsewhere',
      forgeable: 'nobody',
      about: 'DMARC did not pass, and the envelope is of another organization than From.',
      see: (scene) =>
        scene.isChecked && !isProved(scene) && scene.envelope !== '' && !isSameOrg(scene.envelope, scene.author)
          ? `The envelope is of ${scene.envelope}, From of ${scene.author}.`
          : undefined,
      query: senderQuery,
    },
    {
      name: 'reply-to-elsewhere',
      forgeable: 'nobody',
      about: 'Answers go to another organization than that of From, and to none that signed.',
      see: ({ message, author, foreign }) => {
        const to = message.headers?.replyToDomain.toLowerCase() ?? '';
        if (to === '' || isSameOrg(to, author) || foreign.includes(orgOf(to))) return undefined;
        return `Answers go to ${message.headers?.replyTo}, and not to ${author}.`;
      },
      query: headersQuery,
    },
    {
      name: 'reply-to-namesake-mailbox',
      forgeable: 'nobody',
      about: 'Answers go to an address elsewhere that is made of the author’s own name.',
      see: ({ message, author, authorOrg }) => {
        const replyTo = message.headers?.replyTo.toLowerCase() ?? '';
        const to = domainOfAddress(replyTo);
        if (!replyTo.includes('@') || isSameOrg(to, author)) return undefined;
        const local = replyTo.slice(0, replyTo.lastIndexOf('@'));
        const ours = message.senderFromAddress.toLowerCase().split('@')[0] ?? '';
        const name = authorOrg.split('.')[0] ?? '';
        const bears = (part: string): boolean => part.length >= 4 && local.includes(part);
        return local !== ours && (bears(ours) || bears(name))
          ? `Answers go to ${replyTo}, an address made of the author’s name.`
          : undefined;
      },
      query: headersQuery,
    },
    {
      name: 'first-contact',
      forgeable: 'nobody',
      about: 'The recipient never had mail from this address before.',
      see: (scene) => {
        const { message, evidence } = scene;
        const { address } = evidence.history;
        const isNew = isNewTo(message.at, address.first);
        const isSaid = message.recipients.some(({ isFirstContact }) => isFirstContact === true);
        const isFound = message.direction === 'Inbound' && isStoreOld(scene) && isNew;
        if (!isSaid && !isFound) return undefined;
        const before = isNew ? `here before${address.messages > 0 ? ' this day' : ''}` : 'to this recipient before';
        return `${message.senderFromAddress} never wrote ${before}.`;
      },
      query: senderQuery,
    },
    {
      name: 'malformed-from',
      forgeable: 'nobody',
      about: 'From breaks the grammar of addresses, so that programs and readers see different authors.',
      see: ({ message }) => {
        const problem = message.headers?.problems.find((one) => /\bfrom\b/i.test(one));
        return problem && `From is not well-formed: ${problem.slice(0, 200)}.`;
      },
      query: headersQuery,
    },
  ] satisfies readonly Omit<SignalRow, 'family'>[]
).map((row) => ({ ...row, family: 'relation' }));
