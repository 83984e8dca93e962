/**
 * Parts of a path that differ from copy to copy: with a digit or a sign that encoded text has, or long. The same pattern
 * in KQL (RE2) and here.
 */
const CHANGING = '[^/]*[0-9%=_][^/]*|[^/]{16,}';

/** What stands between the host and the query of a URL. */
const PATH = '^[A-Za-z]+://[^/?#]+([^?#]*)';

/** The shape of a row of `EmailUrlInfo`, as an expression of KQL; {@link urlShapeOf} says what it is. */
export const URL_SHAPE = `strcat(tolower(UrlDomain), replace_regex(extract(@"${PATH}", 1, Url), @"${CHANGING}", "#"))`;

const path = new RegExp(PATH);
const changing = new RegExp(CHANGING, 'g');

/**
 * The domain and the form of the path of a URL: what stays when tokens and numbers change. Undefined where there is no path
 * that says more than the domain.
 *
 * @example urlShapeOf('https://a.example/pay/8f3e1?c=1', 'a.example') // 'a.example/pay/#'
 */
export function urlShapeOf(url: string, domain: string): string | undefined {
  const found = path.exec(url)?.[1] ?? '';
  return found.length > 1 ? `${domain.toLowerCase()}${found.replace(changing, '#')}` : undefined;
}

/** The form of a file's name: numbers folded, lower case. Undefined where little is left. */
export function fileSkeletonOf(fileName: string): string | undefined {
  const folded = fileName
    .slice(0, 200)
    .toLowerCase()
    .replace(/[0-9]+/g, '#');
  return folded.replace(/[^\p{L}]/gu, '').length >= 8 ? folded : undefined;
}

/** The same in KQL. */
export const FILE_SKELETON = 'replace_regex(tolower(FileName), @"[0-9]+", "#")';
