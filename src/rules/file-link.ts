/**
 * The page of a file at a commit, as hosts of repositories such as GitHub show it.
 *
 * @example fileLink('https://github.com/o/r', 'HEAD', 'a b.yaml') // 'https://github.com/o/r/blob/HEAD/a%20b.yaml'
 */
export const fileLink = (repository: string, commit: string, path: string): string =>
  `${repository}/blob/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`;
