import { type Evidence, type House, isSameOrg, type Scene, sceneOf } from '../evidence/index.ts';

type Checked = Scene['spf'];

/** One sentence of the explanation, and how decisive it is; undefined where it has nothing to say. */
type Sayer = (scene: Scene) => string | undefined;

const because = (reason: string): string => (reason === '' ? '' : `: ${reason.slice(0, 300)}`);

/** Words by result; `of` is the domain that was checked. */
const spfSentences: Readonly<Record<string, (spf: Checked, scene: Scene) => string>> = {
  pass: ({ domain }, { author }) =>
    isSameOrg(domain, author)
      ? `SPF passed for ${domain}, which is of ${author}’s organization`
      : `SPF passed for ${domain || 'the envelope'}, which is not aligned with ${author}`,
  fail: ({ domain }, { clientIp }) => `SPF failed: ${domain} does not let ${clientIp || 'the client'} send`,
  softfail: ({ domain }, { clientIp }) =>
    `SPF gave softfail: ${domain} does not list ${clientIp || 'the client'}, and asks for no refusal`,
  neutral: ({ domain }) => `SPF gave neutral: ${domain} says nothing of the client`,
  none: ({ domain }) => `SPF gave none: ${domain || 'the envelope’s domain'} publishes no SPF record`,
  temperror: ({ domain, reason }) => `SPF could not be looked up for ${domain} (temporary)${because(reason)}`,
  permerror: ({ domain, reason }) => `the SPF record of ${domain} is broken (permanent)${because(reason)}`,
};

const dkimSentences: Readonly<Record<string, (dkim: Checked, scene: Scene) => string>> = {
  pass: ({ domain, row }, { author }) => {
    if (domain === '') return 'a DKIM signature passed, of a domain that this source does not name';
    if (row?.details.coversBody === false)
      return `the signature of ${domain} verifies but covers only a part of the body, so it does not count`;
    return isSameOrg(domain, author)
      ? `the signature of ${domain} verifies`
      : `the signature of ${domain} verifies, which is not aligned with ${author}`;
  },
  fail: ({ domain, reason }) => `the signature of ${domain || 'an unnamed domain'} does not verify${because(reason)}`,
  none: ({ domain, reason }, { author }) =>
    domain === ''
      ? `there is no DKIM signature of ${author}`
      : `the signature of ${domain} has no result${because(reason)}`,
  neutral: ({ domain, reason }) => `the signature of ${domain} does not count${because(reason)}`,
  policy: ({ domain, reason }) => `the signature of ${domain} must not count${because(reason)}`,
  temperror: ({ domain, reason }) => `the key of ${domain} could not be looked up (temporary)${because(reason)}`,
  timeout: ({ domain }) => `the key of ${domain} could not be looked up in time (temporary)`,
  permerror: ({ domain, reason }) => `the signature of ${domain} or its key is broken (permanent)${because(reason)}`,
};

/** A name at the beginning stays as it is written. */
const sentence = (text: string): string =>
  /^[\w-]+\./.test(text) ? `${text}.` : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

const policyWords: Readonly<Record<string, string>> = {
  none: 'the owner asks for nothing (p=none)',
  quarantine: 'the owner asks for such mail to be set aside (p=quarantine)',
  reject: 'the owner asks for such mail to be refused (p=reject)',
};

function policyOf({ dmarc, message }: Scene): string | undefined {
  const said = dmarc.row?.policy.toLowerCase() ?? '';
  if (Object.hasOwn(policyWords, said)) return policyWords[said];
  const action = (dmarc.row?.action || message.words.action).toLowerCase();
  if (/reject/.test(action)) return policyWords.reject;
  return /quarantine/.test(action) ? policyWords.quarantine : undefined;
}

/** The DMARC verdict in one sentence: what was decisive. */
const decisive: Readonly<Record<string, (scene: Scene) => string>> = {
  pass: ({ author, aligned }) =>
    `DMARC passed for ${author}${aligned.length > 0 ? ` by ${aligned.join(' and ')}` : ''}`,
  bestguesspass: ({ author }) => `${author} has no DMARC record; with one the message would have passed`,
  fail: (scene) => `DMARC failed for ${scene.dmarc.domain || scene.author}: ${failureOf(scene)}`,
  none: ({ author, aligned }) =>
    aligned.length > 0
      ? `${author} has no DMARC record; ${aligned.join(' and ')} would have let it pass`
      : `${author} has no DMARC record, and nothing that passed is ${author}’s`,
  temperror: ({ author, dmarc, aligned }) =>
    `DMARC of ${author} could not be decided, for a look-up failed for the moment${because(dmarc.reason)}; no policy was applied${
      aligned.length > 0 ? `, though ${aligned.join(' and ')} passed for it` : ''
    }`,
  permerror: ({ author, dmarc }) =>
    `the DMARC record of ${author} cannot be read, for good${because(dmarc.reason)}; no policy was applied`,
};

/** Which of the ways of failing it is. */
function failureOf(scene: Scene): string {
  const { spf, dkim, aligned, foreign, author } = scene;
  const authors = new Set(scene.message.headers?.authorDomains ?? []);
  if (authors.size > 1)
    return `From names authors of ${[...authors].join(' and ')}, and what passed does not speak for all of them`;
  if (aligned.length > 0)
    return `${aligned.join(' and ')} passed for the organization, and the record asks for exactly ${author}`;
  if (dkim.some(({ row, word }) => word === 'pass' && row?.details.coversBody === false))
    return 'the only signature that verifies covers a part of the body';
  if (foreign.length > 0) return `what passed speaks for ${foreign.join(' and ')}, not for ${author}`;
  const passed = [spf.word === 'pass' ? 'SPF' : '', dkim.some(({ word }) => word === 'pass') ? 'DKIM' : ''].filter(
    Boolean,
  );
  if (passed.length > 0) return `${passed.join(' and ')} passed, and not for ${author}`;
  return 'neither SPF nor a signature passed for any domain';
}

const sayers: readonly Sayer[] = [
  (scene) => {
    if (!scene.isChecked) return unchecked(scene);
    const say = Object.hasOwn(decisive, scene.dmarc.word) ? decisive[scene.dmarc.word] : undefined;
    return say === undefined ? 'nothing says what DMARC found' : say(scene);
  },
  stampSentence,
  (scene) => say(spfSentences, scene.spf, scene),
  ...Array.from(
    { length: 8 },
    (_, i): Sayer =>
      (scene) =>
        scene.dkim[i] && say(dkimSentences, scene.dkim[i], scene),
  ),
  (scene) =>
    scene.dkim.length > 8
      ? `${scene.dkim.length - 8} more ${scene.dkim.length === 9 ? 'signature' : 'signatures'} did not change it`
      : undefined,
  missingSignature,
  (scene) => (scene.dmarc.word === 'fail' ? policyOf(scene) : undefined),
  arcSentence,
  compositeSentence,
  (scene) =>
    scene.isChecked && scene.message.checks.length === 0
      ? 'the source of this message tells result words alone: domains, records and selectors are not known'
      : undefined,
  (scene) =>
    scene.isClientAssumed && scene.isChecked
      ? 'the client’s address was taken from a Received field that no trusted receiver wrote, so SPF is only as good as that field'
      : undefined,
];

/**
 * Why authentication came out as it did: sentences made of the checks, the decisive one first. Where a source tells result
 * words alone, the sentences say less and say so.
 *
 * @example whyOf(evidence)[0] // 'DMARC failed for contoso.com: what passed speaks for platform.example, not for contoso.com.'
 */
export function whyOf(evidence: Evidence, house?: House): readonly string[] {
  const scene = sceneOf(evidence, house ?? { acceptedDomains: [], trustedSealers: [] });
  return sayers.flatMap((sayer) => {
    const text = sayer(scene);
    return text === undefined ? [] : [sentence(text)];
  });
}

function say(
  table: Readonly<Record<string, (check: Checked, scene: Scene) => string>>,
  check: Checked,
  scene: Scene,
): string | undefined {
  return Object.hasOwn(table, check.word) ? table[check.word]!(check, scene) : undefined;
}

const unchecked = ({ message }: Scene): string =>
  message.direction === 'Inbound' || message.direction === ''
    ? 'nothing is known of any check of this message'
    : 'the message did not come from outside, so nothing was checked';

/** Whose word the results are, where a check of our own says otherwise. */
function stampSentence({ message: { stamp } }: Scene): string | undefined {
  if (stamp === undefined) return undefined;
  const { receiver, said, found, isMisplaced, isOverruled } = stamp;
  const both = `${receiver} stamped DMARC ${said}, and our own check now gives ${found}`;
  if (isOverruled)
    return `${both}; the stamp stands below the field in which the receiver took the message, where a sender can write, so our check counts`;
  return `${both}; the stamp counts, for you trust this receiver${isMisplaced ? ', though it stands where a sender can write' : ''}`;
}

/** Others signed it, and the author did not. */
function missingSignature({ dkim, author, isChecked, dmarc }: Scene): string | undefined {
  const signed = dkim.filter(({ domain }) => domain !== '');
  if (!isChecked || dmarc.word === 'pass' || signed.length === 0) return undefined;
  return signed.some(({ domain }) => isSameOrg(domain, author)) ? undefined : `there is no DKIM signature of ${author}`;
}

function arcSentence({ arc, message, compAuth }: Scene): string | undefined {
  if (arc === undefined || arc.result === 'none' || arc.result === '') return undefined;
  const code = compAuth.row?.reasonCode || message.words.reason;
  if (arc.result === 'pass')
    return code === '130'
      ? `the ARC chain holds, and ${arc.domain}, whom you trust, saw the message pass before`
      : `the ARC chain holds, sealed by ${arc.domain || 'somebody'}, on whose word nothing was passed`;
  if (arc.result === 'temperror')
    return `the ARC chain could not be checked, for a look-up failed for the moment${because(arc.reason)}`;
  return `the ARC chain is broken${because(arc.reason)}`;
}

function compositeSentence({ compAuth, message }: Scene): string | undefined {
  const code = compAuth.row?.reasonCode || message.words.reason;
  if (compAuth.word === '') return undefined;
  return `composite authentication: ${compAuth.word}${code === '' ? '' : `, reason ${code}`}${because(compAuth.reason === code ? '' : compAuth.reason)}`;
}
