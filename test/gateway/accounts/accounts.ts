import { type Attempt, isFinal } from './ledger.ts';
import type { Fate } from './letters.ts';

/** A copy of a letter that the next hop has. */
export interface CopyOfLetter {
  readonly letter: number;
  readonly attempt: number;
  /** The next hop said so: where not, it died before, and its client could not know. */
  readonly isAnswered: boolean;
  /** Every byte of the letter's body came. */
  readonly isWhole: boolean;
}

/** A row of EmailEvents about a letter. */
export interface RowOfLetter {
  readonly letter: number;
  readonly recipient: string;
  /** NetworkMessageId. */
  readonly id: string;
  /** What was decided, and the code that the sender was told. */
  readonly action: string;
  readonly code: number;
}

/** What everybody has written down when all is over. */
export interface Books {
  readonly letters: readonly {
    readonly number: number;
    readonly fate: Fate;
    readonly recipients: readonly string[];
  }[];
  /** The sender's. */
  readonly attempts: readonly Attempt[];
  /** The next hop's. */
  readonly copies: readonly CopyOfLetter[];
  /** Letters in quarantine, one for each message there. */
  readonly held: readonly number[];
  /** The store's, as a query gives them. */
  readonly rows: readonly RowOfLetter[];
}

/** What the books do not agree about. */
export interface Finding {
  readonly what: 'lost' | 'doubled' | 'unaccounted' | 'let through' | 'wrong answer' | 'unsettled' | 'damaged';
  readonly letter: number;
  readonly text: string;
}

/** All that is known of one letter. */
interface Account extends Pick<Books, 'attempts' | 'copies' | 'rows'> {
  readonly number: number;
  readonly fate: Fate;
  readonly recipients: readonly string[];
  readonly held: number;
}

type Found = Omit<Finding, 'letter'>;

/** What a row says of a letter that met its fate. */
const actions: Readonly<Record<Fate, string>> = {
  delivered: 'Deliver',
  refused: 'Reject',
  quarantined: 'Quarantine',
  discarded: 'DeleteMessage',
};

/**
 * Compares what sender, next hop, quarantine and store have written down, letter by letter and attempt by attempt. What
 * comes back is wrong: nothing that was taken may be missing, and nothing may be there twice but where the sender, or the
 * gate as the next hop's client, was cut off between the final dot and the answer (RFC 5321 section 4.5.3.2.6).
 *
 * @example assert.deepEqual(compare(books), [])
 */
export function compare({ letters, attempts, copies, held, rows }: Books): readonly Finding[] {
  const [tried, taken, stored] = [byLetter(attempts), byLetter(copies), byLetter(rows)];
  const known = new Set(letters.map(({ number }) => number));
  const strangers = [...[...taken.keys()], ...[...stored.keys()], ...held].filter((letter) => !known.has(letter));
  const findings = letters.flatMap((letter) => {
    const account: Account = {
      ...letter,
      attempts: tried.get(letter.number) ?? [],
      copies: taken.get(letter.number) ?? [],
      rows: stored.get(letter.number) ?? [],
      held: held.filter((number) => number === letter.number).length,
    };
    return checks.flatMap((check) => check(account)).map((found) => ({ ...found, letter: letter.number }));
  });
  const unknown = [...new Set(strangers)].map(
    (letter): Finding => ({ what: 'unaccounted', letter, text: 'nobody has sent such a letter' }),
  );
  return [...findings, ...unknown];
}

function byLetter<T extends { readonly letter: number }>(all: readonly T[]): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const one of all) {
    const list = found.get(one.letter);
    if (list === undefined) found.set(one.letter, [one]);
    else list.push(one);
  }
  return found;
}

const isTaken = (attempt: Attempt): boolean => attempt.isSent && isFinal(attempt) && attempt.code! < 300;
/** The sender was cut off between the dot and the answer: it cannot know. */
const isOpen = ({ isSent, code }: Attempt): boolean => isSent && code === undefined;

/** Whose final answer the sender heard; one at most, for it stops then. */
const settlement = ({ attempts }: Account): Attempt | undefined =>
  attempts.find((attempt) => attempt.isSent && isFinal(attempt));

function answered(account: Account): readonly Found[] {
  const settled = settlement(account);
  const { fate } = account;
  if (settled === undefined) return [{ what: 'unsettled', text: lastOf(account) }];
  if (isTaken(settled) !== (fate === 'refused')) return [];
  return [{ what: 'wrong answer', text: `it is to be ${fate}; the sender was told ${settled.text}` }];
}

const lastOf = ({ attempts }: Account): string =>
  `${attempts.length} attempts, the last of which ended with ${attempts.at(-1)?.text ?? 'nothing'}`;

/** What the next hop may have of each attempt, by what the sender was told. */
function copiesOfAttempts({ attempts, copies, fate }: Account): readonly Found[] {
  return attempts.flatMap((attempt): Found[] => {
    const own = copies.filter((copy) => copy.attempt === attempt.number);
    const told = attempt.code === undefined ? 'nothing' : `${attempt.code}`;
    const text = `attempt ${attempt.number}, told ${told}: ${own.length} copies at the next hop`;
    if (own.length > 0 && fate !== 'delivered') return [{ what: 'let through', text }];
    if (own.length > 1) return [{ what: 'doubled', text }];
    if (isTaken(attempt)) return own.length === 0 && fate === 'delivered' ? [{ what: 'lost', text }] : [];
    // Of one that was cut off nobody knew: the next hop by its death, or the sender by the gate's.
    const mayBe = isOpen(attempt) || own.every(({ isAnswered }) => !isAnswered);
    return mayBe && (attempt.isSent || own.length === 0) ? [] : [{ what: 'doubled', text }];
  });
}

function copiesFromNowhere({ attempts, copies }: Account): readonly Found[] {
  const known = new Set(attempts.map(({ number }) => number));
  return copies
    .filter(({ attempt }) => !known.has(attempt))
    .map(({ attempt }) => ({ what: 'unaccounted', text: `a copy of attempt ${attempt}, which the sender never made` }));
}

const wholeness = ({ copies }: Account): readonly Found[] =>
  copies
    .filter(({ isWhole }) => !isWhole)
    .map(({ attempt }) => ({ what: 'damaged', text: `the copy of attempt ${attempt} has another body` }));

/** As often as the sender was told 250, and once more at most for each attempt that was cut off. */
function quarantined(account: Account): readonly Found[] {
  const { fate, held, attempts } = account;
  const least = fate === 'quarantined' && attempts.some(isTaken) ? 1 : 0;
  const most = fate === 'quarantined' ? least + attempts.filter(isOpen).length : 0;
  return limits(held, { least, most, missing: 'lost', text: `${held} in quarantine, not ${least} to ${most}` });
}

/** A row for each recipient of each attempt that was answered for good. */
function rowsOfRecipients(account: Account): readonly Found[] {
  const { rows, recipients, attempts, fate } = account;
  const least = settlement(account) === undefined ? 0 : 1;
  const most = least + attempts.filter(isOpen).length;
  const finals = rows.filter(isFinal);
  const strange = finals.filter(({ action, recipient }) => action !== actions[fate] || !recipients.includes(recipient));
  return [
    ...recipients.flatMap((name) => {
      const count = finals.filter(({ recipient }) => recipient === name).length;
      const text = `${count} rows for ${name}, not ${least} to ${most}`;
      return limits(count, { least, most, missing: 'unaccounted', text });
    }),
    ...strange.map(
      ({ action, recipient }): Found => ({ what: 'unaccounted', text: `a row ${action} for ${recipient}` }),
    ),
  ];
}

function rowsTwice({ rows }: Account): readonly Found[] {
  const keys = rows.map(({ id, recipient }) => `${id} ${recipient}`);
  return keys.length === new Set(keys).size ? [] : [{ what: 'doubled', text: 'one delivery has two rows' }];
}

interface Limits {
  readonly least: number;
  readonly most: number;
  /** What it is called where it is less. */
  readonly missing: Finding['what'];
  readonly text: string;
}

function limits(count: number, { least, most, missing, text }: Limits): readonly Found[] {
  if (count < least) return [{ what: missing, text }];
  return count > most ? [{ what: 'doubled', text }] : [];
}

const checks: readonly ((account: Account) => readonly Found[])[] = [
  answered,
  copiesOfAttempts,
  copiesFromNowhere,
  wholeness,
  quarantined,
  rowsOfRecipients,
  rowsTwice,
];
