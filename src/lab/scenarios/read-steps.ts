import {
  entriesOf,
  flag,
  listOf,
  mapOf,
  oneOf,
  type Reader,
  type Spot,
  shape,
  shortShape,
  text,
  unknown,
  wholeNumber,
  wrong,
} from '../../yaml/index.ts';
import type { Domain } from '../kernel/domain.ts';
import type { HandOver, Signing, Step } from '../kernel/letter.ts';
import { bodyText, envelopeAddress, fieldName, foreign, lineText, plainAddress } from './read-text.ts';
import { mayForge } from './reserved.ts';

/** What the steps of a letter may name. */
export interface Surroundings {
  readonly domains: readonly Domain[];
  /** The envelope sender where a step does not say. */
  readonly envelope: string;
  /** Every body that the letter may have: what a step replaces stands in each. */
  readonly bodies: readonly string[];
  /** Names of its header fields. */
  readonly fields: readonly string[];
  /** Domains that the caller has. */
  readonly own: readonly string[];
}

/** The same, and what happened before the step at hand. */
interface Moment extends Surroundings {
  readonly before: readonly Step[];
}

const MOST_STEPS = 30;

const canonicalizations = ['simple/simple', 'simple/relaxed', 'relaxed/simple', 'relaxed/relaxed'] as const;

const signingFields = { domain: text, selector: text, with_key: text };

/** The signer that a step names: a domain alone signs with its first selector. */
function signing(
  spot: Spot,
  found: { readonly domain?: string; readonly selector?: string; readonly with_key?: string },
  { domains, own }: Surroundings,
): Signing {
  const name = found.domain ?? wrong(spot, 'say which domain signs: domain: bank.example');
  if (!mayForge(name, own)) wrong(spot, foreign(name), 'LAB0002');
  const keys = domains.find((domain) => domain.name === name)?.dkim ?? [];
  const selector = found.selector ?? keys[0]?.selector;
  const key = keys.find((one) => one.selector === selector);
  if (selector === undefined || (key === undefined && found.with_key === undefined)) {
    const which = selector === undefined ? '' : ` with the selector ${selector}`;
    return wrong(spot, `${name} publishes no DKIM key${which}: give it one under domains`);
  }
  return { domain: name, selector, ...(found.with_key === undefined ? {} : { key: found.with_key }) };
}

const sign = shortShape({
  ...signingFields,
  canonicalization: oneOf(canonicalizations),
  covers_length: flag,
  headers: listOf(fieldName),
  lifetime: wholeNumber(1, 100_000_000),
});
const seal = shortShape({ ...signingFields, claiming: text });

type StepReader = (spot: Spot, moment: Moment) => readonly Step[];

/** Every step, by the word that begins it. */
const steps: Readonly<Record<string, StepReader>> = {
  sign: (spot, moment) => {
    const found = sign(spot);
    const { canonicalization, headers, lifetime, covers_length: coversLength } = found;
    if (headers?.every((name) => name.toLowerCase() !== 'from'))
      wrong(spot, 'a signature covers From (RFC 6376 section 5.4)');
    return [
      {
        do: 'sign',
        ...signing(spot, found, moment),
        ...(canonicalization === undefined ? {} : { canonicalization }),
        ...(coversLength === true ? { coversLength } : {}),
        ...(headers === undefined ? {} : { headers }),
        ...(lifetime === undefined ? {} : { lifetime }),
      },
    ];
  },
  seal: (spot, moment) => {
    const found = seal(spot);
    if (!moment.before.some((step) => step.do === 'relay'))
      wrong(spot, 'nobody has taken the letter in who could seal it: a step relay comes before');
    const results = found.claiming;
    return [{ do: 'seal', ...signing(spot, found, moment), ...(results === undefined ? {} : { results }) }];
  },
  relay: (spot, { own, domains, envelope }) => {
    const relay = shape({ from: text, to: text, envelope: envelopeAddress(own), for: plainAddress(own) })(spot);
    const { from, to, envelope: mailFrom = envelope, for: recipient } = relay;
    if (from === undefined || to === undefined) return wrong(spot, 'say from which host to which: {from: …, to: …}');
    const handOver = { ...host(spot, from, domains), mailFrom };
    const { helo: by } = host(spot, to, domains);
    return [{ do: 'relay', by, ...handOver, ...(recipient === undefined ? {} : { for: recipient }) }];
  },
  append: (spot, { own }) => [{ do: 'footer', text: bodyText(own)(spot) }],
  replace: (spot, { own, bodies, before }) => {
    const { text: find, by: put } = shape({ text, by: bodyText(own) })(spot);
    if (find === undefined || put === undefined) return wrong(spot, 'say which text by which: {text: …, by: …}');
    const added = before
      .map((step) => (step.do === 'footer' ? step.text : step.do === 'alter' ? step.put : ''))
      .join('\n');
    if (!added.includes(find) && !bodies.every((body) => body.includes(find)))
      wrong(spot, `${JSON.stringify(find)} is not in the text, or not in every one`);
    return [{ do: 'alter', find, put }];
  },
  set: (spot, { own }) =>
    Object.entries(mapOf(lineText(own), fieldName)(spot)).map(([name, value]) => ({ do: 'field', name, value })),
  remove: (spot, { fields, before }) =>
    listOf(fieldName)(spot).map((name) => {
      const isThere = [...fields, ...before.flatMap(fieldsBy)].some((one) => one.toLowerCase() === name.toLowerCase());
      return isThere ? { do: 'remove', name } : wrong(spot, `there is no field ${name} at that time`);
    }),
};

/** Header fields that a step adds. */
function fieldsBy(step: Step): readonly string[] {
  if (step.do === 'field') return [step.name];
  return (
    {
      sign: ['dkim-signature'],
      relay: ['received'],
      seal: ['arc-seal', 'arc-message-signature', 'arc-authentication-results'],
    }[step.do as string] ?? []
  );
}

/** A host of the domains, as it connects to another. */
export function host(spot: Spot, name: string, domains: readonly Domain[]): Omit<HandOver, 'mailFrom'> {
  const owner = domains.find(({ hosts = {} }) => Object.hasOwn(hosts, name));
  const ip = owner?.hosts?.[name];
  if (ip === undefined) return wrong(spot, `no domain here has a host ${JSON.stringify(name)}: name it under hosts`);
  return { ip, helo: name };
}

/**
 * What happens to a letter on its way, in order: `- sign: bank.example`.
 *
 * @throws MailhuntError LAB0001 for a step that there is not, a signer without a key, a host that nobody has
 */
export function stepsOf(spot: Spot, around: Surroundings): readonly Step[] {
  const journey: Step[] = [];
  const oneStep: Reader<void> = (one) => {
    const [entry, more] = entriesOf(one);
    if (entry === undefined || more !== undefined) return wrong(one, 'a step is one line such as sign: bank.example');
    const reader = Object.hasOwn(steps, entry.key) ? steps[entry.key] : undefined;
    if (reader === undefined) return wrong(entry.at, `there is no step ${unknown(entry.key, Object.keys(steps))}`);
    journey.push(...reader(entry.value, { ...around, before: journey }));
  };
  listOf(oneStep, MOST_STEPS)(spot);
  return journey;
}
