import { type Html, html } from './html.ts';

/** Longer queries are shown without colours. */
const LONGEST = 100_000;

/** Comments, strings, numbers and words. A string that does not end reaches to the end of its line. */
const token =
  /(?<comment>\/\/[^\n]*)|(?<string>[@hH]{0,2}"(?:[^"\\\n]|\\.)*"?|[@hH]{0,2}'(?:[^'\\\n]|\\.)*'?)|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_$][\w$-]*)/g;

const keywords = new Set(
  (
    'where filter extend project project-away project-keep project-rename project-reorder summarize join lookup union let by on ' +
    'kind sort order top take limit distinct count mv-expand mv-apply parse parse-where make-series evaluate invoke render ' +
    'materialize datatable externaldata search find sample as serialize and or not in has has_any has_all contains startswith ' +
    'endswith matches regex between asc desc nulls first last with true false null'
  ).split(' '),
);

/**
 * A query with its words marked for colours: keywords, strings, numbers, comments.
 *
 * @example kqlMarks('T | where x') // T | <b>where</b> x
 */
export function kqlMarks(query: string): Html {
  if (query.length > LONGEST) return html`${query}`;
  const parts: (Html | string)[] = [];
  let end = 0;
  for (const found of query.matchAll(token)) {
    const { comment, string, number, word } = found.groups ?? {};
    if (word !== undefined && !keywords.has(word)) continue;
    parts.push(query.slice(end, found.index));
    end = found.index + found[0].length;
    if (comment !== undefined) parts.push(html`<i>${comment}</i>`);
    else if (string !== undefined) parts.push(html`<q>${string}</q>`);
    else if (number !== undefined) parts.push(html`<u>${number}</u>`);
    else parts.push(html`<b>${word}</b>`);
  }
  return html`${[...parts, query.slice(end)]}`;
}
