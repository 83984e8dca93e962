import { wordTitles } from '../../investigate/index.ts';
import type { Comparison, HeldGroup, RuleTally, Simulation } from '../../policy/index.ts';
import { deeds } from './deed-words.ts';

/** `1,234 messages`, `1 message` */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

export const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : `${((100 * part) / whole).toFixed(1)} %`;

/** Verdicts as a postmaster reads them. */
const verdictTitles: Readonly<Record<string, string>> = wordTitles;

export const verdictWords = (look: HeldGroup['look']): string =>
  look === undefined
    ? 'not looked at'
    : `${verdictTitles[look.word] ?? look.word}, ${Math.round(look.confidence * 100)} % sure`;

/** Where the newest and the oldest message of a group do not look alike. */
export const mixedWords = ({ look, earlier, first, last }: HeldGroup): string =>
  `The newest, of ${dayOf(last)}: ${verdictWords(look)}. The oldest, of ${dayOf(first)}: ${verdictWords(earlier)}. Less was known of its sender then, or one of them is forged: look at both.`;

const dayOf = (iso: string): string => iso.slice(0, 10);

/** Who handed it over, and how sure that is. */
export function carrierWords({ carrier, isCarrierProved, standing, clients, hasMoreClients }: HeldGroup): string {
  if (carrier === '') return 'handed over by somebody unknown';
  if (!isCarrierProved) return `handed over by ${carrier}`;
  const proof = standing === 'list' || standing === 'forwarder' ? `a known ${standing}, ` : '';
  const from =
    clients.length === 0
      ? ''
      : `; from ${clients.slice(0, 3).join(', ')}${clients.length > 3 || hasMoreClients ? ' and more' : ''}`;
  return `handed over by ${carrier} (${proof}proved by SPF or DKIM${from})`;
}

/** A verdict, in a cell of a table. */
export const verdictCell = ({ look }: HeldGroup): string =>
  look === undefined ? '' : `${verdictTitles[look.word] ?? look.word} ${Math.round(look.confidence * 100)}\u00a0%`;

/** Who handed it over, in a cell of a table. */
export const carrierCell = ({ carrier, standing }: HeldGroup): string =>
  standing === 'list' || standing === 'forwarder' ? `${carrier}, a known ${standing}` : carrier;

export const timeWords = ({ first, last }: HeldGroup): string =>
  dayOf(first) === dayOf(last) ? `on ${dayOf(first)}` : `${dayOf(first)} to ${dayOf(last)}`;

export const sizeWords = (group: HeldGroup): string =>
  `${count(group.messages, 'message')} to ${count(group.recipients, 'recipient')}, ${timeWords(group)}; ${
    group.delivered === 0 ? 'none' : group.delivered === group.messages ? 'all' : group.delivered.toLocaleString('en')
  } reached an inbox or the junk folder. Would be ${deeds[group.action]} by “${group.rule}”.`;

/** What the sender can do, and the record to publish where it can be known. */
export interface SenderSide {
  readonly words: readonly string[];
  readonly record?: string;
}

/** What helps where no letter was written. */
const otherwise: Readonly<Record<string, (group: HeldGroup) => string>> = {
  'forwarder-or-list': ({ author, carrier, sealer }) =>
    sealer === undefined
      ? `${author} need not repair anything; a DKIM signature that survives the way would help. The operator of ${carrier} can write its own From (a list), or seal with ARC what it passes on.`
      : `${author} need not repair anything, and ${sealer} already seals (ARC) what it passes on.`,
  'temporary-failure': ({ author }) => `The name servers of ${author} did not answer; there is no record to change.`,
  legitimate: () => 'There is nothing to repair.',
};

/** Items of the letter's list of repairs. */
const repairs = (body: string): readonly string[] => body.split('\n').filter((line) => /^\d+\. /.test(line));

export function senderSide(group: HeldGroup): SenderSide {
  const { letter, word = '' } = group.look ?? {};
  if (letter === undefined)
    return {
      words: [otherwise[word]?.(group) ?? 'What is to be repaired cannot be told from here: ask its postmaster.'],
    };
  const { record, to, body } = letter;
  return {
    words: [...repairs(body), `The letter to ${to} stands in --json.`],
    ...(record === undefined ? {} : { record: `${record.name} ${record.type} "${record.value}"` }),
  };
}

/** What the receiver can do, or why nothing is safe. */
export const mendWords = ({ earlier }: HeldGroup, { isSafe, words }: NonNullable<HeldGroup['mend']>): string => {
  if (!isSafe) return `No exception. ${words}`;
  return earlier === undefined ? words : `Only if you find all of it honest. ${words}`;
};

/** What is done with a message, without the text of the answer. */
export const shortDeed = (deed: string): string => deed.replace(/^(\w+ \d{3} \d\.\d+\.\d+) .*$/, '$1');

/** What two policies do otherwise, the most messages first. */
export function changesOf({ groups }: Comparison): readonly (readonly [from: string, to: string, messages: number])[] {
  const found = new Map<string, [from: string, to: string, messages: number]>();
  for (const { from, to, messages } of groups) {
    const key = JSON.stringify([from, to]);
    found.set(key, [from, to, (found.get(key)?.[2] ?? 0) + messages]);
  }
  return [...found.values()].sort((one, other) => other[2] - one[2]);
}

/** Groups of one author: what is to be done at his side and at ours stands together. */
export function byAuthor(
  groups: readonly HeldGroup[],
): readonly (readonly [author: string, groups: readonly HeldGroup[]])[] {
  const found = new Map<string, HeldGroup[]>();
  for (const group of groups) found.set(group.author, [...(found.get(group.author) ?? []), group]);
  return [...found];
}

const sum = (groups: readonly HeldGroup[]): number => groups.reduce((total, { messages }) => total + messages, 0);

/** Its newest and its oldest message do not look alike, or the verdict is less likely than not. */
const isUnclear = ({ earlier, look }: HeldGroup): boolean => earlier !== undefined || (look?.confidence ?? 1) < 0.5;

/** The four kinds of held mail. */
export function heldMail({ groups, ungrouped }: Simulation) {
  const innocent = groups.filter(({ isInnocent }) => isInnocent === true);
  const unclear = groups.filter((group) => group.isInnocent === false && isUnclear(group));
  const guilty = groups.filter((group) => group.isInnocent === false && !isUnclear(group));
  const unseen = groups.filter(({ isInnocent }) => isInnocent === undefined);
  return { innocent, unclear, guilty, unseen, unseenMessages: sum(unseen) + ungrouped, sum };
}

/** Whether mail that looks innocent would be lost to its recipient: kept apart and deferred mail is not. */
export const hurtsInnocents = ({ groups }: Simulation): boolean =>
  groups.some(
    ({ isInnocent, earlier, action }) =>
      (isInnocent === true || earlier !== undefined) && (action === 'Reject' || action === 'DeleteMessage'),
  );

/** What the tables could not tell, a sentence each. */
export function gapsOf({ rules, reread, partial, messages }: Simulation): readonly string[] {
  return [
    ...rules
      .filter(({ unknown }) => unknown > 0)
      .map(
        ({ rule, unknown, asked }) =>
          `Of ${count(unknown, 'message')} (${percent(unknown, messages)}) the tables do not hold what “${rule}” asks: ${asked
            .slice(0, 3)
            .map(({ test, messages: times }) => `${test} (${times.toLocaleString('en')})`)
            .join('; ')}. They count as if it had not matched.`,
      ),
    ...(partial === 0
      ? []
      : [`Of ${count(partial, 'message')} the tables do not name all authors or addresses that a rule asks for.`]),
    ...(reread === 0
      ? []
      : [
          `${count(reread, 'message was', 'messages were')} read again as kept, because the tables do not hold what a rule asks.`,
        ]),
  ];
}

/** What each exception of a rule let go, in the order of its file. */
export const letGo = ({ exceptions }: RuleTally): readonly string[] =>
  exceptions.map((messages, at) =>
    messages === 0 ? `exception ${at + 1} let nothing go` : `exception ${at + 1} let ${count(messages, 'message')} go`,
  );
