import { type Evidence, type House, sceneOf } from '../../evidence/index.ts';
import type { Letter, VerdictWord } from '../investigation.ts';
import { isDomainText, oneLine } from '../plain-text.ts';
import { whyOf } from '../why.ts';
import { advicesOf } from './record.ts';

/** Verdicts whose sender can repair something. */
const repairable: readonly VerdictWord[] = ['misconfigured-sender', 'third-party-platform'];

/**
 * What to write to the postmaster of a sender whose authentication is not set up rightly: what was seen, what to publish,
 * and what cannot be known from here. No record is made up. Undefined where there is nothing to repair, or nobody to write to.
 *
 * @example letterOf(evidence, 'misconfigured-sender')?.record?.value // 'v=spf1 ip4:192.0.2.45 ip4:192.0.2.46 ~all'
 */
export function letterOf(evidence: Evidence, word: VerdictWord, house?: House): Letter | undefined {
  const scene = sceneOf(evidence, house ?? { acceptedDomains: [], trustedSealers: [] });
  const advices = advicesOf(scene);
  if (!repairable.includes(word) || !isDomainText(scene.author) || advices.length === 0) return undefined;
  const { message } = evidence;
  const seen: readonly (readonly [string, string])[] = [
    ['Received', message.at],
    ['From', message.senderFromAddress],
    ['Envelope', message.senderMailFromAddress || '<>'],
    ['Client', scene.clientIp],
    ['Message-ID', message.internetMessageId],
    ['Subject', message.subject],
  ];
  const facts = seen.filter(([, value]) => value !== '').map(([name, value]) => `  ${name}: ${oneLine(value, 200)}`);
  const record = advices.find((one) => one.record !== undefined)?.record;
  const missing = advices.flatMap((one) => one.missing ?? []);
  const body = [
    'Hello,',
    '',
    `mail of ${scene.author} reaches us without proof that it is yours. It looks honest; receivers that follow your DMARC record or ours may refuse it.`,
    '',
    'What we saw:',
    ...facts,
    '',
    ...whyOf(evidence, house).map((sentence) => `- ${oneLine(sentence, 600)}`),
    '',
    'What would repair it:',
    ...advices.map(({ words }, i) => `${i + 1}. ${oneLine(words, 1200)}`),
    ...(record === undefined
      ? []
      : ['', 'The record to publish:', '', `  ${record.name} ${record.type} ${quotedValue(record.value)}`]),
    ...(missing.length === 0
      ? []
      : ['', 'What we cannot know from here:', ...missing.map((one) => `- ${oneLine(one, 300)}`)]),
    '',
    'If you do not know of this mail, then somebody forges your name; please tell us.',
    '',
  ];
  return {
    to: `postmaster@${scene.author}`,
    subject: `Mail of ${scene.author} cannot be proved to be yours`,
    body: body.join('\n'),
    ...(record === undefined ? {} : { record }),
  };
}

/** Strings of a TXT record hold 255 characters each (RFC 1035 section 3.3.14). */
const STRING = 255;

/** A value as a zone file has it. */
const quotedValue = (value: string): string =>
  (value.match(new RegExp(`[^]{1,${STRING}}`, 'g')) ?? [''])
    .map((part) => `"${part.replaceAll(/["\\]/g, '\\$&')}"`)
    .join(' ');
