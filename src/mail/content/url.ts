/** A URL as a row has it. */
export interface Url {
  /** As it stands in the message, entities decoded, without the blanks and controls that browsers drop. */
  readonly url: string;
  /** The host, lower case, as A-labels (`xn--…`), without a dot at the end; an address as browsers read it. */
  readonly domain: string;
}

/** Schemes that lead to another machine. `file:` does where it names a host: Windows sends credentials there. */
const SCHEME = /^(?:https?|ftp|file):/i;

/** The everyday form, which needs no parser: printable ASCII, and the last label is letters, so that it is no address. */
const PLAIN = /^https?:\/\/((?:[a-z0-9-]{1,63}\.){1,20}[a-z]{2,63})(?:[/?#][\x21-\x7e]*)?$/i;

/**
 * Reads what a link names; undefined where that is no other machine: `mailto:`, `javascript:`, `data:`, `cid:`, `#`, a
 * relative link without a base, a host that no browser would open. What browsers mend is mended for the host
 * (`https:\\host`, user info, `%65xample.com`, `0x7f.1`), the text stays as it is. `www.` without a scheme and `//host`
 * get `http:`.
 *
 * Defender does not say whether UrlDomain is Unicode; A-labels are what DNS, proxies and threat feeds join on.
 *
 * @param base what `<base href>` says, for links that are relative
 * @example urlOf('https://user@BÜCHER.example/') // { url: 'https://user@BÜCHER.example/', domain: 'xn--bcher-kva.example' }
 */
export function urlOf(text: string, base?: string): Url | undefined {
  const plain = PLAIN.exec(text);
  if (plain !== null) return { url: text, domain: plain[1]!.toLowerCase() };
  const url = cleaned(text);
  if (SCHEME.test(url)) return parsed(url, url);
  if (base !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(url) && url !== '' && url[0] !== '#') {
    const absolute = hrefOf(url, base);
    return absolute === undefined ? undefined : parsed(absolute, absolute);
  }
  if (/^[/\\]{2}[^/\\]/.test(url)) return parsed(`http:${url}`, `http:${url}`);
  return /^www\.[^\s/]/i.test(url) ? parsed(`http://${url}`, `http://${url}`) : undefined;
}

/** Blanks and controls at the ends, tabs and line ends anywhere: URL Standard, "basic URL parser". */
function cleaned(text: string): string {
  const trimmed = /^[\x00-\x20\xa0]|[\x00-\x20\xa0]$/.test(text)
    ? text.replace(/^[\x00-\x20\xa0]+/, '').trimEnd()
    : text;
  if (!/[\x00-\x1f\x7f]/.test(trimmed)) return trimmed;
  return trimmed.replace(/[\t\r\n]/g, '').replace(/[\x00-\x1f\x7f]/g, (control) => encodeURIComponent(control));
}

function parsed(text: string, url: string): Url | undefined {
  if (!URL.canParse(text)) return undefined;
  const { hostname } = new URL(text);
  const domain = hostname.replace(/\.$/, '');
  return domain === '' ? undefined : { url, domain };
}

const hrefOf = (text: string, base: string): string | undefined =>
  URL.canParse(text, base) ? new URL(text, base).href : undefined;
