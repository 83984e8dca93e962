/**
 * Soft hyphens, zero-width characters, marks of direction and variants of glyphs, as ranges of a character class: drawn as
 * nothing, and put into words to hide them from whoever looks for words.
 */
export const HIDDEN =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff';

const hidden = new RegExp(`[${HIDDEN}]`, 'gu');

/** @example withoutHidden('pass\u200bword') // 'password' */
export const withoutHidden = (text: string): string => text.replace(hidden, '');
