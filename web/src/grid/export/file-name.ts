/** Names that Windows keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name that every system takes for a file, made of a title and a time.
 *
 * @example fileName('Failed / by domain', 'csv', new Date(0)) // 'mailhunt-failed-by-domain-1970-01-01T000000Z.csv'
 */
export function fileName(title: string, extension: string, now: Date): string {
  const plain = title
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
  const name = plain === '' || RESERVED.test(plain) ? 'result' : plain;
  return `mailhunt-${name}-${now.toISOString().slice(0, 19).replaceAll(':', '')}Z.${extension}`;
}
