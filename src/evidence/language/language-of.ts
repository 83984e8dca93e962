import type { LanguageFinding, LanguageTheme } from './language-finding.ts';
import { type Match, PhraseMatcher } from './phrase-matcher.ts';
import { phraseTables } from './phrase-tables.ts';

/** The texts of a message in which language is looked for. All hostile. */
export interface Texts {
  readonly subject: string;
  readonly displayName: string;
  /** Empty where the message was not kept. */
  readonly body: string;
}

/** Characters of a text that are looked at, of the words that a finding shows, and findings of one theme and text. */
const MOST = { text: 200_000, words: 160, each: 3 };

interface Found {
  readonly theme: LanguageTheme;
  readonly language: string;
}

const phrases = phraseTables.flatMap(({ language, themes }) =>
  Object.entries(themes).flatMap(([theme, list]) =>
    list.map(([pattern]) => [pattern, { theme: theme as LanguageTheme, language }] as const),
  ),
);

const claims = phraseTables.flatMap(({ language, displayNames }) =>
  displayNames.map(([pattern]) => [pattern, { theme: 'executive' as const, language }] as const),
);

const inTexts = new PhraseMatcher<Found>(phrases);
const inNames = new PhraseMatcher<Found>([...phrases, ...claims]);

const places: readonly (readonly [
  where: LanguageFinding['where'],
  matcher: PhraseMatcher<Found>,
  text: (texts: Texts) => string,
])[] = [
  ['subject', inTexts, ({ subject }) => subject],
  ['display-name', inNames, ({ displayName }) => displayName],
  ['body', inTexts, ({ body }) => body],
];

/**
 * The language of impersonation in a message: what it asks for and plays on, at most three findings of a theme in each of
 * subject, name and body. Where several languages have the phrase, it is that of which the message has most.
 *
 * @example languageOf({ subject: 'Neue Bankverbindung', displayName: '', body: '' })[0].theme // 'invoice-change'
 */
export function languageOf(texts: Texts): readonly LanguageFinding[] {
  const found = places.flatMap(([where, matcher, textOf]) => {
    const text = textOf(texts).slice(0, MOST.text);
    return matcher.matches(text).map((match) => ({ ...match, where, words: wordsAt(text, match) }));
  });
  const counts = new Map<string, number>();
  for (const { of } of found) counts.set(of.language, (counts.get(of.language) ?? 0) + 1);
  const perTheme = new Map<string, Map<number, LanguageFinding>>();
  for (const { of, where, words, start } of found) {
    const key = `${where} ${of.theme}`;
    const places = perTheme.get(key) ?? new Map<number, LanguageFinding>();
    perTheme.set(key, places);
    const other = places.get(start);
    if (
      other === undefined
        ? places.size >= MOST.each
        : (counts.get(other.language) ?? 0) >= (counts.get(of.language) ?? 0)
    )
      continue;
    places.set(start, { theme: of.theme, language: of.language, where, words });
  }
  return [...perTheme.values()].flatMap((places) => [...places.values()]);
}

const wordsAt = (text: string, { start, end }: Match<Found>): string =>
  text.slice(start, Math.min(end, start + MOST.words));
