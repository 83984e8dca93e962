/** A search that somebody keeps. */
export interface SavedSearch {
  readonly name: string;
  readonly text: string;
}

/** Searches that everybody has: the questions that hunts of failed authentication begin with. */
export const givenSearches: readonly SavedSearch[] = [
  { name: 'DMARC failed and delivered', text: 'auth:dmarc=fail delivered:yes' },
  { name: 'DMARC failed and clicked', text: 'auth:dmarc=fail clicked:yes' },
  { name: 'p=reject, overridden', text: 'action:oreject' },
  { name: 'Delivered with a threat', text: 'threat:yes delivered:yes' },
  { name: 'HTML files', text: 'attachment:.htm direction:inbound' },
];

const MOST = 30;

/** What the browser's memory holds, where it is a list of searches. */
export function readSaved(kept: unknown): readonly SavedSearch[] | undefined {
  if (!Array.isArray(kept)) return undefined;
  return kept.filter(isSaved).slice(0, MOST);
}

const isSaved = (one: unknown): one is SavedSearch =>
  typeof one === 'object' &&
  one !== null &&
  typeof (one as SavedSearch).name === 'string' &&
  typeof (one as SavedSearch).text === 'string';

/** The list with a search under a name, in the place of one that had it. */
export const withSaved = (list: readonly SavedSearch[], one: SavedSearch): readonly SavedSearch[] =>
  [one, ...list.filter(({ name }) => name !== one.name)].slice(0, MOST);
