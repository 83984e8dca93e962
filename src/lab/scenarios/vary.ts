import type { Step } from '../kernel/letter.ts';
import type { Random } from '../random.ts';
import { type Change, everyText } from './every-text.ts';
import type { Case, CaseLetter, Era } from './scenario.ts';

/**
 * A case that differs in all that must not matter: who the people are, what desks are called, which address of its network a
 * host has, words and numbers, how many get it, the order of header fields, the case of domains in them. The technique and
 * what DNS says of it stay, and so does what is pinned.
 *
 * @param one the case as its file tells it
 */
export function varied(one: Case, random: Random): Case {
  const change = inTurn(otherPeople(one, random), otherDesks(one, random), otherAddresses(one, random));
  const changed = {
    ...one,
    ...everyText({ domains: one.domains, failing: one.failing, letters: one.letters, history: one.history }, change),
  };
  const chance = { random, numbers: otherNumbers(random), extra: guests(changed, random), id: random.hex(6) };
  const letters = (era: Era, told: Era): readonly CaseLetter[] =>
    era.letters.map((letter, i) => withItsReplacements(variedLetter(letter, chance), told.letters[i]!));
  const history = { ...changed.history, letters: letters(changed.history, one.history) };
  return { ...changed, letters: letters(changed, one), history };
}

const inTurn =
  (...changes: readonly Change[]): Change =>
  (text) =>
    changes.reduce((changed, change) => change(changed), text);

/** Each of some words becomes another of them, no two the same. */
function exchanged(words: readonly string[], random: Random): ReadonlyMap<string, string> {
  const others = random.several(words, words.length);
  return new Map(words.map((word, i) => [word, others[i]!]));
}

const localPart = (name: string): string => name.toLowerCase().replace(' ', '.');

function otherPeople({ pinned, standIns: { people } }: Case, random: Random): Change {
  const free = people.filter((name) => !pinned.includes(name) && !pinned.includes(localPart(name)));
  const names = exchanged(free, random);
  if (names.size === 0) return (text) => text;
  const table = new Map(
    [...names].flatMap(([name, other]) => [
      [name, other],
      [localPart(name), localPart(other)],
    ]),
  );
  return replacing(table, (words) => `(?<![\\w-])(?:${words})(?![\\w-])`);
}

function otherDesks({ pinned, standIns: { desks } }: Case, random: Random): Change {
  const free = desks.map((desk) => desk.filter((word) => !pinned.includes(word)));
  const table = new Map(free.flatMap((desk) => [...exchanged(desk, random)]));
  return table.size === 0 ? (text) => text : replacing(table, (words) => `(?<![\\w.-])(?:${words})(?=@)`);
}

const replacing = (table: ReadonlyMap<string, string>, pattern: (words: string) => string): Change => {
  const words = new RegExp(pattern([...table.keys()].map((word) => word.replaceAll('.', '\\.')).join('|')), 'g');
  return (text) => text.replace(words, (word) => table.get(word)!);
};

const ADDRESS = /(?<![\d.])(192\.0\.2|198\.51\.100|203\.0\.113)\.(\d{1,3})(?![\d.]*\d)(\/\d+)?/g;
const HOSTS = 254;

/** Every address moves along its network by one distance: neighbours stay neighbours. Networks that a record names stay. */
function otherAddresses(one: Case, random: Random): Change {
  const all = JSON.stringify([one.domains, one.history.domains]);
  const named = new Set(
    [...all.matchAll(ADDRESS)].flatMap(([, network, , prefix]) => (prefix === undefined ? [] : [network])),
  );
  const distances = new Map(
    ['192.0.2', '198.51.100', '203.0.113'].map((network) => [
      network,
      named.has(network) ? 0 : random.between(0, HOSTS - 1),
    ]),
  );
  return (text) =>
    text.replace(ADDRESS, (whole, network: string, host: string, prefix?: string) => {
      const place = Number(host);
      if (prefix !== undefined || place < 1 || place > HOSTS) return whole;
      return `${network}.${((place - 1 + distances.get(network)!) % HOSTS) + 1}`;
    });
}

/** Numbers of three digits and more become others of the same length, the same number always the same. */
function otherNumbers(random: Random): Change {
  const table = new Map<string, string>();
  const other = (number: string): string => {
    const known = table.get(number);
    if (known !== undefined) return known;
    const digits = [...number].map((_, i) => String(random.between(i === 0 ? 1 : 0, 9))).join('');
    table.set(number, digits);
    return digits;
  };
  return (text) => text.replace(/(?<![\w.:+])\d{3,9}(?![\w.:+])/g, other);
}

/** More colleagues who get a letter. */
function guests({ acceptedDomains: [domain], standIns: { people } }: Case, random: Random): () => readonly string[] {
  return () => random.several(people, random.pick([0, 0, 0, 1, 2, 3])).map((name) => `${localPart(name)}@${domain}`);
}

const greetings = ['', '', 'Hello,\n\n', 'Hi,\n\n', 'Good morning,\n\n', 'Dear colleague,\n\n'];
const closings = ['', '', '\nKind regards\n', '\nBest wishes\n', '\nThank you\n', '\n--\nSent from my phone\n'];

interface Variation {
  readonly random: Random;
  readonly numbers: Change;
  readonly extra: () => readonly string[];
  /** What makes a Message-ID another one, the same for all letters that share it. */
  readonly id: string;
}

function variedLetter(one: CaseLetter, { random, numbers, extra, id }: Variation): CaseLetter {
  const { letter, subjects, texts, clicks } = one;
  const { from, html, messageId, journey = [], recipients = letter.to } = letter;
  const wording = texts.length === 0 ? undefined : numbers(random.pick(texts));
  const more = extra().filter((address) => !recipients.includes(address));
  return {
    ...one,
    letter: {
      ...letter,
      from: typeof from === 'string' ? otherCase(from, random) : from.map((author) => otherCase(author, random)),
      ...(subjects.length === 0 ? {} : { subject: numbers(random.pick(subjects)) }),
      ...(wording === undefined ? {} : { text: `${random.pick(greetings)}${wording}${random.pick(closings)}` }),
      ...(html === undefined ? {} : { html: numbers(html) }),
      ...(messageId === undefined ? {} : { messageId: messageId.replace('<', `<${id}.`) }),
      recipients: [...recipients, ...more],
      journey: journey.map((step) => variedStep(step, numbers)),
      shuffled: true,
    },
    files: variedFiles(one, random),
    clicks: clicks.map((click) => ({ ...click, link: numbers(click.link) })),
  };
}

/**
 * What a step replaces may be a piece of a word that was varied, and then it is not there any more: such a letter keeps
 * the body and the replacements that its file tells.
 */
function withItsReplacements(one: CaseLetter, told: CaseLetter): CaseLetter {
  const { text = '', html = '', journey = [] } = one.letter;
  const bodies = [text, html, ...journey.map((step) => (step.do === 'footer' ? step.text : ''))].join('\n');
  if (journey.every((step) => step.do !== 'alter' || bodies.includes(step.find))) return one;
  const kept = told.letter.journey ?? [];
  const restored = journey.map((step, i) => (step.do === 'alter' || step.do === 'footer' ? kept[i]! : step));
  const { text: _, html: __, ...rest } = one.letter;
  const { text: toldText, html: toldHtml } = told.letter;
  const body = {
    ...(toldText === undefined ? {} : { text: toldText }),
    ...(toldHtml === undefined ? {} : { html: toldHtml }),
  };
  return { ...one, letter: { ...rest, ...body, journey: restored }, clicks: told.clicks };
}

function variedStep(step: Step, numbers: Change): Step {
  if (step.do === 'footer') return { ...step, text: numbers(step.text) };
  if (step.do === 'alter') return { ...step, find: numbers(step.find), put: numbers(step.put) };
  return step.do === 'field' ? { ...step, value: numbers(step.value) } : step;
}

/** Domains are the same in either case (RFC 5321 section 2.4). */
function otherCase(from: string, random: Random): string {
  if (!random.chance(0.4)) return from;
  const way = random.pick<(domain: string) => string>([
    (domain) => domain.toUpperCase(),
    (domain) => domain.replace(/(?<=^|[.-])[a-z]/g, (letter) => letter.toUpperCase()),
  ]);
  return from.replace(/@[\w.-]+(?=>?\s*(?:,|$))/g, way);
}

/** Other content and size; sometimes a file more, where nothing is put behind the text that it would hide. */
function variedFiles({ files, letter }: CaseLetter, random: Random): CaseLetter['files'] {
  const other = files.map((file) => ({
    ...file,
    mark: `${file.mark} ${random.hex(8)}`,
    size: Math.ceil(file.size * (0.6 + random.next())),
  }));
  const isTouched = (letter.journey ?? []).some((step) => step.do === 'footer' || step.do === 'alter');
  if (isTouched || files.length > 0 || !random.chance(0.25)) return other;
  return [
    {
      name: `${random.pick(['notes', 'agenda', 'overview'])}.pdf`,
      mark: random.hex(16),
      size: random.between(4000, 40_000),
    },
  ];
}
