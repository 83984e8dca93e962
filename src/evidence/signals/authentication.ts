import { type ArcSet, awaitedSealer } from '../../mail/index.ts';
import type { Stamp } from '../stamp/stamp.ts';
import { isSameOrg, orgOf } from './domains.ts';
import { authenticationQuery } from './queries.ts';
import type { Checked, Scene } from './scene.ts';
import type { SignalRow } from './signal.ts';

const failedDmarc = ({ dmarc }: Scene): boolean => dmarc.word === 'fail';
const isUnproved = ({ dmarc, isChecked }: Scene): boolean =>
  isChecked && dmarc.word !== 'pass' && dmarc.word !== 'bestguesspass';

const policyOf = ({ dmarc }: Scene): string => dmarc.row?.policy.toLowerCase() ?? '';
const actionOf = ({ dmarc, message }: Scene): string => (dmarc.row?.action || message.words.action).toLowerCase();
const asksReject = (scene: Scene): boolean => policyOf(scene) === 'reject' || /reject/.test(actionOf(scene));
const asksQuarantine = (scene: Scene): boolean =>
  policyOf(scene) === 'quarantine' || /quarantine/.test(actionOf(scene));

const reasonCode = ({ compAuth, message }: Scene): string => compAuth.row?.reasonCode || message.words.reason;

const mine = ({ dkim, authorOrg }: Scene): readonly Checked[] =>
  dkim.filter(({ domain }) => domain === authorOrg || domain.endsWith(`.${authorOrg}`));

const isTemporary = ({ word }: Checked): boolean => word === 'temperror' || word === 'timeout';
const isEnvelopeMine = ({ envelope, authorOrg }: Scene): boolean =>
  envelope === authorOrg || envelope.endsWith(`.${authorOrg}`);

/** What the checks of the message say. What another domain passes proves that domain, and nothing of From. */
export const authenticationRows: readonly SignalRow[] = (
  [
    {
      name: 'dmarc-pass',
      forgeable: 'client',
      about: 'DMARC passed: SPF or DKIM speaks for the From domain.',
      see: ({ dmarc, author }) => (dmarc.word === 'pass' ? `DMARC passed for ${author}.` : undefined),
    },
    {
      name: 'proof-rests-on-assumed-client',
      forgeable: 'nobody',
      about: 'Only SPF speaks for the author, for an address from a Received field that no trusted receiver wrote.',
      see: ({ aligned, isClientAssumed, clientIp }) =>
        isClientAssumed && aligned.includes('SPF') && !aligned.includes('DKIM')
          ? `Only SPF speaks for the author, and that the client was ${clientIp || 'who it seems'} is the word of a field that anybody can write.`
          : undefined,
    },
    {
      name: 'aligned-without-record',
      forgeable: 'client',
      about: 'There is no DMARC record, and SPF or DKIM passed for the From domain all the same (best guess).',
      see: ({ dmarc, aligned, author }) =>
        dmarc.word === 'bestguesspass' || (dmarc.word === 'none' && aligned.length > 0)
          ? `${author} has no DMARC record; with one the message would have passed${aligned.length > 0 ? ` by ${aligned.join(' and ')}` : ''}.`
          : undefined,
    },
    {
      name: 'signature-survived',
      // A replay looks the same: the signature is genuine, and who sends it on chooses the rest.
      forgeable: 'sender',
      about: 'SPF failed and a signature of the From domain verifies: somebody sent the message on unchanged.',
      see: ({ dmarc, spf, aligned, author }) =>
        dmarc.word === 'pass' && /fail$/.test(spf.word) && aligned.includes('DKIM')
          ? `SPF failed for the last host, and the signature of ${author} still verifies: the message was sent on.`
          : undefined,
    },
    {
      name: 'dmarc-fail',
      forgeable: 'nobody',
      about: 'DMARC failed.',
      see: (scene) => (failedDmarc(scene) ? `DMARC failed for ${scene.dmarc.domain || scene.author}.` : undefined),
    },
    {
      name: 'no-record-nothing-aligned',
      forgeable: 'nobody',
      about: 'There is no DMARC record, and nothing passed for the From domain.',
      see: ({ dmarc, aligned, author, isChecked }) =>
        isChecked && dmarc.word === 'none' && aligned.length === 0
          ? `${author} publishes no DMARC record, and nothing that passed is ${author}’s.`
          : undefined,
    },
    {
      name: 'dmarc-temperror',
      forgeable: 'nobody',
      about: 'DMARC ended in a temporary error: nothing is decided, and no policy was applied.',
      see: ({ dmarc, author }) =>
        dmarc.word === 'temperror' ? `DMARC of ${author} ended in a temporary error.` : undefined,
    },
    {
      name: 'temperror-but-aligned',
      forgeable: 'client',
      about: 'DMARC ended in an error of DNS, and SPF or DKIM passed for the From domain.',
      see: ({ dmarc, aligned, author }) =>
        dmarc.word === 'temperror' && aligned.length > 0
          ? `${aligned.join(' and ')} passed for ${author} while its DMARC record could not be asked for.`
          : undefined,
    },
    {
      name: 'author-key-out-of-reach',
      forgeable: 'sender',
      about:
        'A signature names the From domain, and its key could not be asked for. Anybody can write such a signature.',
      see: (scene) =>
        mine(scene).some(isTemporary)
          ? `The key of ${mine(scene).find(isTemporary)!.domain} could not be asked for.`
          : undefined,
    },
    {
      name: 'dmarc-permerror-aligned',
      forgeable: 'client',
      about: 'The DMARC record is broken for good, and SPF or DKIM passed for the From domain.',
      see: ({ dmarc, aligned, author }) =>
        dmarc.word === 'permerror' && aligned.length > 0
          ? `The DMARC record of ${author} is broken; ${aligned.join(' and ')} passed for it.`
          : undefined,
    },
    {
      name: 'dmarc-permerror',
      forgeable: 'nobody',
      about: 'The DMARC record is broken for good, and nothing passed for the From domain.',
      see: ({ dmarc, aligned, author }) =>
        dmarc.word === 'permerror' && aligned.length === 0 ? `The DMARC record of ${author} is broken.` : undefined,
    },
    {
      name: 'spf-fail',
      forgeable: 'nobody',
      about:
        'The SPF record of the From domain says that this client must not send for it (-all), and DMARC did not pass.',
      see: (scene) =>
        isUnproved(scene) && scene.spf.word === 'fail' && isEnvelopeMine(scene)
          ? `The SPF record of ${scene.envelope} refuses ${scene.clientIp || 'the client'}.`
          : undefined,
    },
    {
      name: 'spf-softfail',
      forgeable: 'nobody',
      about: 'The SPF record of the From domain does not know this client (~all, ?all), and DMARC did not pass.',
      see: (scene) =>
        isUnproved(scene) && /^(?:softfail|neutral)$/.test(scene.spf.word) && isEnvelopeMine(scene)
          ? `The SPF record of ${scene.envelope} does not list ${scene.clientIp || 'the client'} (${scene.spf.word}).`
          : undefined,
    },
    {
      name: 'spf-permerror',
      forgeable: 'nobody',
      about: 'The SPF record is broken for good.',
      see: (scene) =>
        isUnproved(scene) && scene.spf.word === 'permerror'
          ? `The SPF record of ${scene.spf.domain} is broken.`
          : undefined,
    },
    {
      name: 'nothing-passed',
      forgeable: 'nobody',
      about: 'Neither SPF nor any signature passed, for any domain.',
      see: (scene) =>
        isUnproved(scene) && scene.aligned.length === 0 && scene.foreign.length === 0
          ? 'Nothing passed, for no domain at all: nobody answers for this message.'
          : undefined,
    },
    {
      name: 'only-others-passed',
      forgeable: 'sender',
      about: 'SPF or DKIM passed for another organization than that of From. Anybody has a domain that passes.',
      see: (scene) =>
        isUnproved(scene) && scene.aligned.length === 0 && scene.foreign.length > 0
          ? `What passed speaks for ${scene.foreign.join(' and ')}, not for ${scene.author}.`
          : undefined,
    },
    {
      name: 'author-signature-broken',
      forgeable: 'sender',
      about:
        'A signature of the From domain does not verify: changed on the way, or never real. Anybody can write one.',
      see: (scene) => {
        const broken = isUnproved(scene) ? mine(scene).find(({ word }) => word === 'fail') : undefined;
        return (
          broken && `The signature of ${broken.domain} does not verify${broken.reason ? ` (${broken.reason})` : ''}.`
        );
      },
    },
    {
      name: 'author-signature-refused',
      forgeable: 'sender',
      about: 'A signature of the From domain must not count: expired, too short a key, an algorithm out of use.',
      see: (scene) => {
        const refused = isUnproved(scene)
          ? mine(scene).find(({ word }) => word === 'policy' || word === 'neutral')
          : undefined;
        return (
          refused && `The signature of ${refused.domain} does not count${refused.reason ? ` (${refused.reason})` : ''}.`
        );
      },
    },
    {
      name: 'signature-covers-part',
      forgeable: 'sender',
      about: 'A signature covers only a part of the body (l=): what stands behind it is anybody’s.',
      see: (scene) => {
        const partial = mine(scene).find(({ row }) => row?.details.coversBody === false);
        return partial && `The signature of ${partial.domain} covers only the beginning of the body.`;
      },
    },
    {
      name: 'strict-alignment-missed',
      forgeable: 'nobody',
      about: 'What passed is of the same organization, and the record asks for exactly the same domain.',
      see: (scene) =>
        failedDmarc(scene) && scene.aligned.length > 0 && authorsOf(scene).length < 2
          ? `${scene.aligned.join(' and ')} passed for ${scene.authorOrg}, but not for exactly ${scene.author}, as its record asks.`
          : undefined,
    },
    {
      name: 'policy-reject',
      forgeable: 'nobody',
      about: 'DMARC failed, and the owner asks for such mail to be refused.',
      see: (scene) =>
        failedDmarc(scene) && asksReject(scene) ? `The owner of ${scene.author} asks for p=reject.` : undefined,
    },
    {
      name: 'policy-quarantine',
      forgeable: 'nobody',
      about: 'DMARC failed, and the owner asks for such mail to be set aside.',
      see: (scene) =>
        failedDmarc(scene) && !asksReject(scene) && asksQuarantine(scene)
          ? `The owner of ${scene.author} asks for p=quarantine.`
          : undefined,
    },
    {
      name: 'policy-none',
      forgeable: 'nobody',
      about:
        'DMARC failed, and the owner asks for nothing: he is still looking, and may not have set up all who send for him.',
      see: (scene) =>
        failedDmarc(scene) && policyOf(scene) === 'none'
          ? `The owner of ${scene.author} asks for nothing (p=none).`
          : undefined,
    },
    {
      name: 'trusted-arc-sealer',
      forgeable: 'nobody',
      about: 'Composite authentication passed by reason 130: a sealer whom the receiver trusts saw the message pass.',
      see: (scene) =>
        reasonCode(scene) === '130' && scene.compAuth.word === 'pass'
          ? `${scene.arc?.domain || 'A trusted sealer'} vouches that the message passed before it was changed (ARC, reason 130).`
          : undefined,
    },
    {
      name: 'trusted-seal-out-of-reach',
      forgeable: 'client',
      about:
        'DMARC failed; the host of a trusted ARC sealer handed the message over, its seal says that it passed before, and the key of the seal could not be asked for.',
      see: (scene) => {
        const sealer = failedDmarc(scene) ? awaitedOf(scene) : undefined;
        return sealer !== undefined && scene.trustedHost !== undefined && isSameOrg(sealer, scene.trustedHost)
          ? `${sealer}, whose seals you trust, says that it passed before; its key could not be asked for.`
          : undefined;
      },
    },
    {
      name: 'composite-pass',
      forgeable: 'nobody',
      about:
        'The receiver passed the message by its own knowledge of the sender (reasons 103 to 116, 2xx, 7xx) though DMARC did not.',
      see: (scene) =>
        isUnproved(scene) &&
        /^(?:10[348]|11[56]|20[12]|7\d\d)$/.test(reasonCode(scene)) &&
        /pass$/.test(scene.compAuth.word)
          ? `The receiver passed it by what it knows of the sender (composite authentication, reason ${reasonCode(scene)}).`
          : undefined,
    },
    {
      name: 'composite-forbidden',
      forgeable: 'nobody',
      about: 'An administrator forbids this pair of sender and infrastructure (reason 002).',
      see: (scene) =>
        reasonCode(scene) === '002' ? 'The block list forbids this sender from this infrastructure.' : undefined,
    },
    {
      name: 'stamp-refuted',
      forgeable: 'nobody',
      about:
        'A trusted receiver’s stamp says that DMARC passed, and by a check of our own nothing in the message could have passed.',
      see: ({ message: { stamp } }) =>
        stamp?.isRefuted ? `${contradiction(stamp)}, and nothing in the message could have passed.` : undefined,
    },
    {
      name: 'stamp-not-confirmed',
      forgeable: 'nobody',
      about:
        'A trusted receiver’s stamp says that DMARC passed, and a check now finds otherwise: records may have changed since, or the message inside.',
      see: ({ message: { stamp } }) =>
        stamp !== undefined && !stamp.isRefuted
          ? `${contradiction(stamp)}; records may have changed since, or the message.`
          : undefined,
    },
    {
      name: 'unchecked-inside',
      forgeable: 'nobody',
      about: 'The message never left the organization, and so nothing was checked.',
      see: ({ isChecked, message, isOwn }) =>
        !isChecked && message.direction !== 'Inbound' && message.direction !== ''
          ? `The message ${message.direction === 'Outbound' ? 'was sent from' : 'stayed'} inside the organization${isOwn ? '' : ', under another name'}; nothing is checked there.`
          : undefined,
    },
    {
      name: 'several-authors',
      forgeable: 'nobody',
      about: 'From names authors of several organizations, and readers see whichever their program shows.',
      see: (scene) =>
        authorsOf(scene).length > 1 ? `From names authors of ${authorsOf(scene).join(' and ')} at once.` : undefined,
    },
    {
      name: 'sealer-vouches-for-nothing',
      forgeable: 'nobody',
      about: 'An ARC sealer says that a signature of the From domain passed, and the message holds no such signature.',
      see: (scene) => {
        const sealer = scene.dkim.some(
          ({ domain }) => domain === scene.authorOrg || domain.endsWith(`.${scene.authorOrg}`),
        )
          ? undefined
          : vouchedBy(scene);
        return sealer && `${sealer} sealed that a signature of ${scene.authorOrg} passed, and the message holds none.`;
      },
    },
  ] satisfies readonly Omit<SignalRow, 'family'>[]
).map((row) => ({ ...row, family: 'authentication', query: authenticationQuery }));

const contradiction = ({ receiver, said, found, isMisplaced, isOverruled }: Stamp): string =>
  `The stamp of ${receiver} says DMARC ${said}, our own check says ${found}${
    isMisplaced ? `; the stamp stands where a sender can write${isOverruled ? ', so our check counts' : ''}` : ''
  }`;

/** Organizations that From names. */
function authorsOf({ message }: Scene): readonly string[] {
  return [...new Set(message.headers?.authorDomains.map((domain) => orgOf(domain)).filter(Boolean) ?? [])];
}

/** The trusted sealer who would vouch for the message, had DNS given the keys of its chain. */
function awaitedOf({ arc, author, house }: Scene): string | undefined {
  const sets = arc?.details.sets;
  if (arc?.result !== 'temperror' || !Array.isArray(sets)) return undefined;
  const isSet = (set: Partial<ArcSet> | null): set is ArcSet =>
    typeof set?.instance === 'number' && typeof set.sealer === 'string' && typeof set.results === 'string';
  const read = sets.slice(0, 50).filter(isSet);
  return awaitedSealer({ result: 'temperror', reason: arc.reason, sets: read }, author, house.trustedSealers);
}

/** The sealer who claims to have seen a signature of the author pass. */
function vouchedBy({ arc, authorOrg }: Scene): string | undefined {
  const sets = arc?.details.sets;
  if (!Array.isArray(sets) || authorOrg === '') return undefined;
  for (const set of sets.slice(0, 50)) {
    const results = typeof set?.results === 'string' ? set.results.slice(0, 4000).toLowerCase() : '';
    const signer = results.split(';').some((part: string) => {
      const domain = /\bdkim=pass\b/.test(part) ? /header\.[di]=@?([\w.-]+)/.exec(part)?.[1] : undefined;
      return domain !== undefined && orgOf(domain) === authorOrg;
    });
    if (signer) return typeof set.sealer === 'string' ? set.sealer : 'A sealer';
  }
  return undefined;
}
