import {
  listOf,
  located,
  mapOf,
  type Reader,
  type Spot,
  shape,
  text,
  textLike,
  wholeNumber,
  wrong,
  yamlSpot,
} from '../../yaml/index.ts';
import type { Domain } from '../kernel/domain.ts';
import type { Cast } from './cast.ts';
import { type LetterText, letterFields, MOST_LETTERS, mailFields } from './letter-form.ts';
import { changed, type DomainChange, domains, failingLookups } from './read-domains.ts';
import { lettersOf } from './read-letter.ts';
import { domainName, lineText } from './read-text.ts';
import type { Case, CaseLetter, Era, Lists, Scenario } from './scenario.ts';

const kebab = textLike(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, 'is no name in kebab-case');
const technique = textLike(/^T\d{4}(?:\.\d{3})?$/, 'is no ATT&CK technique such as T1566.002');

const word = textLike(/^[A-Za-z]\w{0,60}$/, 'is no name such as VIPs or Address');

/** Watchlists, as tests of rules write them: `VIPs: [{ Address: …, DisplayName: … }]`. */
const lists = (own: readonly string[]): Reader<Lists> => mapOf(listOf(mapOf(lineText(own), word)), word);

const WEEK = 7 * 86_400_000;

/** How a scenario is read. */
export interface ReadOptions {
  /** Domains that scenarios need not describe. */
  readonly cast: Cast;
  /** Domains that the caller has. @default none */
  readonly own?: readonly string[];
}

const halfShape = (own: readonly string[]) =>
  shape({
    ...letterFields(own),
    name: located(kebab),
    story: text,
    technique: listOf(technique, 10),
    domains: domains(own),
    dns_fails: failingLookups(own),
    letters: listOf(located(shape(letterFields(own))), MOST_LETTERS),
    trusted_sealers: listOf(domainName(own), 20),
    accepted_domains: listOf(domainName(own), 20),
    lists: lists(own),
    pinned: listOf(text, 20),
  });

const fileShape = (own: readonly string[]) =>
  shape({
    theme: text,
    mail: shape(mailFields(own)),
    domains: domains(own),
    history: wholeNumber(0, 20),
    lists: lists(own),
    pinned: listOf(text, 20),
    harmless: located(halfShape(own)),
    attack: located(halfShape(own)),
  });

type FileText = ReturnType<ReturnType<typeof fileShape>>;
type HalfText = ReturnType<ReturnType<typeof halfShape>>;
type Half = { readonly value: HalfText; readonly spot: Spot };

/**
 * Reads a scenario: a file with two halves, harmless mail and the attack that forges its headers.
 *
 * @param name the file's name without its ending
 * @param file the name that errors show
 * @throws MailhuntError LAB0001 or LAB0002 with line and column of the first mistake
 * @example readScenario(text, { name: 'null-sender', file: 'scenarios/null-sender.yaml' }, { cast }).attack.name
 */
export function readScenario(
  content: string,
  { name, file }: { readonly name: string; readonly file: string },
  { cast, own = [] }: ReadOptions,
): Scenario {
  const spot = yamlSpot(content, file, 'LAB0001');
  const found = fileShape(own)(spot);
  const theme = found.theme ?? wrong(spot, 'the file says no theme');
  const harmless = found.harmless ?? wrong(spot, 'the file has no half harmless');
  const attack = found.attack ?? wrong(spot, 'the file has no half attack');
  const reading = { found, cast, own, scenario: name, theme };
  const names = { harmless: nameOf(harmless), attack: nameOf(attack) };
  if (names.harmless === names.attack) wrong(attack.value.name!.spot, 'both halves have one name');
  const genuine = eraOf(harmless, reading);
  const history = { ...genuine, failing: [], letters: historyOf(genuine, found.history ?? 0) };
  return {
    name,
    theme,
    harmless: { ...caseOf(harmless, 'harmless', reading), ...genuine, history, twin: names.attack },
    attack: { ...caseOf(attack, 'attack', reading), ...eraOf(attack, reading), history, twin: names.harmless },
  };
}

interface Reading {
  readonly found: FileText;
  readonly cast: Cast;
  readonly own: readonly string[];
  readonly scenario: string;
  readonly theme: string;
}

const nameOf = ({ value, spot }: Half): string => value.name?.value ?? wrong(spot, 'has no name');

function caseOf(
  half: Half,
  nature: Case['nature'],
  { found, cast, scenario, theme }: Reading,
): Omit<Case, keyof Era | 'history' | 'twin'> {
  const { story, technique: techniques = [], accepted_domains, trusted_sealers, pinned = [] } = half.value;
  if (nature === 'attack' && techniques.length === 0) wrong(half.spot, 'says no technique');
  return {
    name: nameOf(half),
    nature,
    story: (story ?? wrong(half.spot, 'tells no story')).trim(),
    techniques,
    theme,
    scenario,
    acceptedDomains: accepted_domains ?? cast.acceptedDomains,
    trustedSealers: trusted_sealers ?? cast.trustedSealers,
    lists: { ...found.lists, ...half.value.lists },
    pinned: [...(found.pinned ?? []), ...pinned],
    standIns: { people: cast.people, desks: cast.desks },
  };
}

/** Letters of a half, with what the file says for both and the half for all of its own. */
function eraOf({ value: half, spot }: Half, { found, cast, own }: Reading): Era {
  const every = domainsOf(cast.domains, found.domains, half.domains);
  const failing = half.dns_fails ?? [];
  const common = { ...found.mail, ...half };
  const texts: readonly { readonly value: LetterText; readonly spot: Spot }[] = half.letters ?? [{ value: {}, spot }];
  const letters = texts.flatMap((one) =>
    lettersOf({ ...common, ...one.value }, { domains: every, own, spot: one.spot }),
  );
  if (letters.length > MOST_LETTERS) wrong(spot, `${letters.length} letters; at most ${MOST_LETTERS} are sent`);
  const inOrder = letters.toSorted((one, other) => other.before - one.before);
  return { domains: involved(every, [inOrder, half.domains, found.domains]), failing, letters: inOrder };
}

/** The cast with what the file and then the half change. */
function domainsOf(...layers: readonly (Readonly<Record<string, DomainChange>> | undefined)[]): readonly Domain[] {
  const names = new Set(layers.flatMap((layer) => Object.keys(layer ?? {})));
  return [...names].map((name) => changed(name, ...layers.map((layer) => layer?.[name])));
}

/** All texts of a thing, without the escapes that would run into a name. */
const wordsOf = (thing: unknown): string => JSON.stringify(thing).replaceAll(/\\[nrt"]/g, ' ');

const NAME = /[\w-]+(?:\.[\w-]+)+/g;

/** Those of the domains that a case names, and those that their records name in turn. */
function involved(all: readonly Domain[], texts: readonly unknown[]): readonly Domain[] {
  const wanted = new Set<Domain>();
  const queue = [wordsOf(texts)];
  for (let part = queue.pop(); part !== undefined; part = queue.pop()) {
    const named = new Set((part.toLowerCase().match(NAME) ?? []).flatMap(withAllAbove));
    for (const domain of all) {
      if (wanted.has(domain) || !named.has(domain.name)) continue;
      wanted.add(domain);
      queue.push(wordsOf(domain));
    }
  }
  return all.filter((domain) => wanted.has(domain));
}

/** `a.b.c` is below `b.c` and `c`. */
function withAllAbove(name: string): readonly string[] {
  const labels = name.split('.').slice(-20);
  return labels.map((_, i) => labels.slice(i).join('.'));
}

/** Letters like the genuine ones, one a week before them: nobody did anything with them. */
function historyOf({ letters }: Era, weeks: number): readonly CaseLetter[] {
  const inbound = letters.filter(({ direction }) => direction !== 'Outbound').at(-1);
  if (inbound === undefined) return [];
  const { afterwards: _, ...plain } = inbound;
  return Array.from({ length: weeks }, (_, i) => ({ ...plain, clicks: [], before: (weeks - i) * WEEK }));
}
