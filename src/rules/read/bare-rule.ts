import type { Rule, RuleFormat } from '../rule.ts';
import type { About } from './about.ts';
import { written } from './origin.ts';
import { withPlainBreaks } from './origins.ts';
import { queryPart } from './query-part.ts';
import type { RuleFile } from './rule-file.ts';
import type { Stretch } from './split-queries.ts';

/** The document of a rule that stands in no document: the text of its file, and where in it the query is. */
export interface TextDocument {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Hunts of a file that is no document, each from its stretch of the text; none, with the problem told, where they are too many. */
export function bareRules<S extends Stretch>(
  file: RuleFile,
  format: RuleFormat,
  stretches: readonly S[],
  aboutIt: (stretch: S, index: number) => About & { readonly name: string },
): Rule[] {
  const limit = file.limits.rulesOfFile;
  if (stretches.length > limit) {
    file.tooMuch(stretches[limit]!.start, `the file has ${stretches.length} rules`, `${limit} rules`);
    return [];
  }
  return stretches.flatMap((stretch, i) => bareRule(file, format, stretch, aboutIt(stretch, i)) ?? []);
}

/** A hunt of a file that is no document, from a stretch of its text and what is said about it there. */
function bareRule(
  file: RuleFile,
  format: RuleFormat,
  { start, end }: { readonly start: number; readonly end: number },
  about: About & { readonly name: string },
): Rule | undefined {
  const decode = () => withPlainBreaks(file.text, start, end);
  const query = queryPart(decode().text, start, () => decode().origins(end), file);
  if (query === undefined) return undefined;
  return written(file, undefined, {
    format,
    kind: 'hunting',
    ...about,
    query: query.text,
    connectors: [],
    entityMappings: [],
    customDetails: {},
    story: {},
    provenance: file.provenance,
    document: { text: file.text, start, end } satisfies TextDocument,
    placeOf: query.placeOf,
    placeOfField: ([first]) => (first === 'query' ? query.placeOf(0) : undefined),
  });
}
