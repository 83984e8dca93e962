import type { PhraseTable } from './phrase.ts';
import { german } from './phrases/de.ts';
import { english } from './phrases/en.ts';
import { spanish } from './phrases/es.ts';
import { french } from './phrases/fr.ts';
import { italian } from './phrases/it.ts';
import { dutch } from './phrases/nl.ts';
import { polish } from './phrases/pl.ts';
import { portuguese } from './phrases/pt.ts';

/** All languages whose phrases are known; another is one file more and one line here. */
export const phraseTables: readonly PhraseTable[] = [
  english,
  german,
  french,
  spanish,
  italian,
  portuguese,
  dutch,
  polish,
];
