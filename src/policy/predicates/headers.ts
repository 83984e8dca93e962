import type { MailItem } from '../mail-item.ts';
import { holdsPhrase } from '../matching/words.ts';
import { headerPatterns, headerWords, type InHeader } from './arguments.ts';
import { type Predicate, predicate } from './predicate.ts';
import { written } from './seen.ts';

const sawHeader = (item: MailItem, { header }: InHeader<unknown>): string => {
  const values = item.headers(header);
  if (values === undefined) return `the field ${header} was not kept`;
  return values.length === 0 ? `there is no field ${header}` : `${header} is ${written(values)}`;
};

/** What stands in a header field; of several fields of the name any one is enough. */
export const headerPredicates: readonly Predicate[] = [
  predicate({
    name: 'HeaderContains',
    about: 'A header field holds one of these words or phrases.',
    example: '{ MessageHeader: Authentication-Results, Words: [dmarc=fail action=oreject] }',
    argument: headerWords,
    exchange: {
      parameters: ['HeaderContainsMessageHeader', 'HeaderContainsWords'],
      values: ({ header, values }) => [header, values],
    },
    isForgeable: ({ header }) => header.toLowerCase() !== 'authentication-results',
    test: (item, { header, values }) =>
      item.headers(header)?.some((text) => values.some((phrase) => holdsPhrase(text, phrase))),
    saw: sawHeader,
  }),
  predicate({
    name: 'HeaderMatches',
    about: 'One of these patterns is found in a header field.',
    example: "{ MessageHeader: Authentication-Results, Patterns: ['dmarc=fail[^;]*action=oreject'] }",
    argument: headerPatterns,
    exchange: {
      parameters: ['HeaderMatchesMessageHeader', 'HeaderMatchesPatterns'],
      values: ({ header, values }) => [header, values.map(({ source }) => source)],
    },
    isForgeable: ({ header }) => header.toLowerCase() !== 'authentication-results',
    test: (item, { header, values }) => item.headers(header)?.some((text) => values.some(({ found }) => found(text))),
    saw: sawHeader,
  }),
];
