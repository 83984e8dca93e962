/**
 * A URL as it may be pasted into a report: no program makes a link of it.
 *
 * @example defanged('https://evil.example/a.b') // 'hxxps://evil[.]example/a.b'
 */
export function defanged(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]{0,20}:\/{0,2})?([^/?#]*)(.*)$/is.exec(url) ?? [];
  return `${scheme.replace(/^http/i, 'hxxp').replace(/^ftp/i, 'fxp')}${host.replaceAll('.', '[.]')}${rest}`;
}
