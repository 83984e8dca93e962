/** What a message asks for, or plays on. */
export type LanguageTheme =
  | 'payment'
  | 'invoice-change'
  | 'password'
  | 'shared-document'
  | 'executive'
  | 'urgency'
  | 'gift-card';

/** Words of impersonation found in a message. */
export interface LanguageFinding {
  readonly theme: LanguageTheme;
  /** BCP 47, of the phrase: `en`, `de`, … */
  readonly language: string;
  readonly where: 'subject' | 'body' | 'display-name';
  /** The words as they stand. Hostile text. */
  readonly words: string;
}
