import { RE2JS } from 're2js';

/** A regular expression of a rule. */
export interface Pattern {
  readonly source: string;
  readonly found: (text: string) => boolean;
}

/** Characters of a text that are searched. */
const LONGEST = 1 << 20;

/** What .NET has and RE2, which takes no longer than the text is long, has not: named, so that the author knows what to change. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/(?<!\\)\(\?<?[=!]/, 'looks ahead or behind'],
  [/(?<!\\)\(\?>/, 'has an atomic group'],
  [/(?<!\\)\(\?<\w*-\w+>/, 'has a balancing group'],
  [/(?<!\\)\(\?\(/, 'has a condition'],
  [/(?<!\\)\\[1-9]|\\k</, 'refers back to a group'],
  [/(?<!\\)\\G/, 'begins where the last match ended (\\G)'],
];

/**
 * A regular expression in .NET's spelling, as the patterns conditions of Exchange take it: without regard to case, found
 * anywhere in the text. Matching never takes longer than in proportion to the text.
 *
 * @param refuse told why a pattern cannot be had here
 * @source New-TransportRule, HeaderMatchesPatterns; RE2 syntax
 * @example patternOf('dmarc=fail\\s+action=(oreject|quarantine)', refuse).found('x dmarc=fail action=oreject') // true
 */
export function patternOf(source: string, refuse: (why: string) => never): Pattern {
  const [, why] = foreign.find(([form]) => form.test(source)) ?? [];
  if (why !== undefined) refuse(`the pattern ${why}, which is not supported; write it as several patterns or clauses`);
  // .NET lets a line end stand behind \Z, RE2 has \z alone.
  const spelled = source.replaceAll(/(?<!\\)((?:\\\\)*)\\Z/g, '$1(?:\\n?\\z)');
  try {
    const compiled = RE2JS.compile(spelled, RE2JS.CASE_INSENSITIVE);
    return { source, found: (text) => compiled.matcher(text.slice(0, LONGEST)).find() };
  } catch (error) {
    return refuse(`the pattern cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
