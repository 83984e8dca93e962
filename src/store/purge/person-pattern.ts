import { MailhuntError } from '../../errors/index.ts';

/** Shorter texts are part of too much. */
const SHORTEST = 6;
const LONGEST = 320;

/** How a character is written in URLs, JSON and HTML, beside as itself. */
const spellings: Readonly<Record<string, string>> = {
  '@': '(?:@|%40|\\\\u0040|&#64;|&commat;)',
  '.': '(?:\\.|%2e)',
  '+': '(?:\\+|%2b|\\\\u002b)',
};

/** What may stand before: nothing that a longer address would have there, or the end of an escape. */
const BEFORE = '(^|[^a-z0-9._+%-]|%[0-9a-f]{2}|\\\\[bfnrt]|\\\\u[0-9a-f]{4})';
/** What may follow: a longer domain goes on with a letter or digit, a sentence does not. */
const AFTER = '($|[^a-z0-9._-]|[._-]+(?:$|[^a-z0-9._-]))';

const escaped = (character: string): string => character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');

/**
 * A pattern that finds any of the persons in a text, whole: `bob@contoso.com` is not found in `rob-bob@contoso.com` nor
 * in `bob@contoso.com.au`. Good for RE2 and for JavaScript; without regard to case; the first and the last group are what
 * stands around it. Throws STORE0015 for what is no address, name or id.
 *
 * @example new RegExp(personPattern(['bob@contoso.com']), 'i').test('mailto:Bob%40contoso.com?') // true
 */
export function personPattern(persons: readonly string[]): string {
  for (const person of persons) refuseUnlessPerson(person);
  if (persons.length === 0) throw new MailhuntError('STORE0015', { text: 'nobody is named' });
  const texts = persons.map((person) =>
    [...person.toLowerCase()].map((one) => spellings[one] ?? escaped(one)).join(''),
  );
  return `${BEFORE}(?:${texts.join('|')})${AFTER}`;
}

function refuseUnlessPerson(person: string): void {
  const refuse = (text: string): never => {
    throw new MailhuntError('STORE0015', { text: `${JSON.stringify(person.slice(0, 100))} ${text}` });
  };
  if (person.length < SHORTEST) refuse(`is shorter than ${SHORTEST} characters and would be found in too much`);
  if (person.length > LONGEST) refuse(`is longer than ${LONGEST} characters`);
  if (/[\s\p{C}"'\\%]/u.test(person)) refuse('holds characters that no address and no id has');
  if (/^[^@]*@$|^@/.test(person)) refuse('is half an address');
}
