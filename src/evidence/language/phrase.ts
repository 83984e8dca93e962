import type { LanguageTheme } from './language-finding.ts';

/**
 * A phrase, with a sentence that holds it and one that nearly does: [pattern, holds, nearly]. The tests go through all.
 *
 * In a pattern, words stand between blanks; `a|b` is either, `word*` any word that begins so, `word?` may be missing,
 * `_` stands for up to three words. Case, accents and look-alike letters do not matter.
 *
 * @example ['process|release _ payment', 'Please process the attached payment.', 'Payment was processed.']
 */
export type Phrase = readonly [pattern: string, holds: string, nearly: string];

/** The phrases of one language. */
export interface PhraseTable {
  /** BCP 47. */
  readonly language: string;
  readonly themes: Readonly<Record<LanguageTheme, readonly Phrase[]>>;
  /** Who a sender says he is: looked for in display names alone, where it is a claim. */
  readonly displayNames: readonly Phrase[];
}
