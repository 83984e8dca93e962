import type { MailItem } from '../mail-item.ts';
import { holdsPhrase } from '../matching/words.ts';
import { number, patterns, words, wordsOf } from './arguments.ts';
import { messageTypes } from './message-types.ts';
import { any, byAnybody, type Predicate, predicate } from './predicate.ts';
import { quoted } from './seen.ts';

const sawSubject = ({ subject }: MailItem): string => `the subject is ${quoted(subject)}`;

/** Body first: a subject that holds the words makes the body needless. */
const inSubjectOrBody = ({ subject, body }: MailItem, holds: (text: string) => boolean): boolean | undefined => {
  if (holds(subject)) return true;
  const text = body();
  return text === undefined ? undefined : holds(text);
};

const sawSubjectAndBody = (item: MailItem): string =>
  item.body() === undefined ? `${sawSubject(item)}, the body was not kept` : sawSubject(item);

/** What it holds. */
export const contentPredicates: readonly Predicate[] = [
  predicate({
    name: 'SubjectContainsWords',
    about: 'The subject holds one of these words or phrases.',
    example: '[invoice]',
    argument: words,
    exchange: { parameters: ['SubjectContainsWords'], values: (value) => [value] },
    isForgeable: byAnybody,
    test: ({ subject }, value) => value.some((word) => holdsPhrase(subject, word)),
    saw: sawSubject,
  }),
  predicate({
    name: 'SubjectMatchesPatterns',
    about: 'One of these patterns is found in the subject.',
    example: "['invoice\\s+\\d+']",
    argument: patterns,
    exchange: { parameters: ['SubjectMatchesPatterns'], values: (value) => [value.map(({ source }) => source)] },
    isForgeable: byAnybody,
    test: ({ subject }, value) => value.some(({ found }) => found(subject)),
    saw: sawSubject,
  }),
  predicate({
    name: 'SubjectOrBodyContainsWords',
    about: 'The subject or the body holds one of these words or phrases.',
    example: '[gift card]',
    argument: words,
    exchange: { parameters: ['SubjectOrBodyContainsWords'], values: (value) => [value] },
    isForgeable: byAnybody,
    test: (item, value) => inSubjectOrBody(item, (text) => value.some((word) => holdsPhrase(text, word))),
    saw: sawSubjectAndBody,
  }),
  predicate({
    name: 'SubjectOrBodyMatchesPatterns',
    about: 'One of these patterns is found in the subject or the body.',
    example: "['IBAN\\s*:']",
    argument: patterns,
    exchange: { parameters: ['SubjectOrBodyMatchesPatterns'], values: (value) => [value.map(({ source }) => source)] },
    isForgeable: byAnybody,
    test: (item, value) => inSubjectOrBody(item, (text) => value.some(({ found }) => found(text))),
    saw: sawSubjectAndBody,
  }),
  predicate({
    name: 'SCLOver',
    about:
      'A filter before this one gave it at least this spam confidence level; mail that none has looked at has no level.',
    example: '5',
    argument: number(-1, 9),
    exchange: { parameters: ['SCLOver'], values: (value) => [String(value)] },
    isForgeable: byAnybody,
    test: ({ scl }, value) => (scl === undefined ? undefined : scl !== 'none' && scl >= value),
    saw: ({ scl }) => (scl === undefined ? 'its level is not known' : `its level is ${scl}`),
  }),
  predicate({
    name: 'MessageSizeOver',
    about: 'It is larger than so many bytes.',
    example: '10485760',
    argument: number(0, 1 << 30),
    exchange: { parameters: ['MessageSizeOver'], values: (value) => [String(value)] },
    isForgeable: byAnybody,
    test: ({ size }, value) => (size === undefined ? undefined : size > value),
    saw: ({ size }) => (size === undefined ? 'its size is not known' : `it has ${size} bytes`),
  }),
  predicate({
    name: 'MessageTypeMatches',
    about: 'It is of one of these types, as far as its header shows.',
    example: '[OOF]',
    argument: wordsOf(...messageTypes.map(({ name }) => name)),
    exchange: { parameters: ['MessageTypeMatches'], values: (value) => [value] },
    isForgeable: byAnybody,
    test: (item, value) => any(messageTypes.filter(({ name }) => value.includes(name)).map(({ is }) => is(item))),
    saw: (item) => {
      const found = messageTypes.filter(({ is }) => is(item) === true).map(({ name }) => name);
      return found.length === 0 ? 'it is an ordinary message' : `it is ${found.join(', ')}`;
    },
  }),
];
