/** Text for HTML, in elements and in quoted attributes. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** What turns the reading direction of others, and controls: they make a text look like another one. */
const DECEIVING = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text in which nothing deceives: characters that turn the reading direction, and controls but tab and line end, are
 * written out. Marks that honest writing needs (U+200F, joiners) stay.
 *
 * @example visible('invoice\u202efdp.exe') // 'invoice⟦U+202E⟧fdp.exe'
 */
export const visible = (text: string): string =>
  text.replace(DECEIVING, (character) => `⟦U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟧`);
