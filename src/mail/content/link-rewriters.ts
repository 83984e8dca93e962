/** How one service writes a link that leads through it. */
interface Rewriter {
  readonly host: RegExp;
  /** The link inside; undefined where this is no rewritten link. */
  readonly inner: (url: URL) => string | undefined;
}

const parameter =
  (...names: readonly string[]) =>
  ({ searchParams }: URL): string | undefined => {
    const name = names.find((one) => searchParams.has(one));
    return name === undefined ? undefined : (searchParams.get(name) ?? undefined);
  };

/**
 * Services that put their own link before the sender's, and open redirectors that senders like. Where the inner link is
 * sealed (Mimecast, Trend Micro) nothing can be said. Sources: the services' own manuals; for URL Defense,
 * https://help.proofpoint.com/Threat_Insight_Dashboard/API_Documentation/URL_Decoder_API.
 */
const REWRITERS: readonly Rewriter[] = [
  {
    host: /(?:^|\.)safelinks\.protection\.(?:outlook\.com|office365\.us|partner\.outlook\.cn)$/,
    inner: parameter('url'),
  },
  { host: /(?:^|\.)urldefense(?:\.proofpoint)?\.(?:com|us)$/, inner: urlDefense },
  { host: /^linkprotect\.cudasvc\.com$/, inner: parameter('a') },
  { host: /^secure-web\.cisco\.com$/, inner: lastEncodedSegment },
  { host: /^(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/, inner: onPath('/url', parameter('q', 'url')) },
  { host: /^(?:l|lm)\.(?:facebook|instagram)\.com$/, inner: parameter('u') },
  { host: /^(?:www\.)?bing\.com$/, inner: onPath('/ck/a', bing) },
];

/** In the host of each of them, so that most hosts are tested once. */
const HINT = /safelinks|urldefense|cudasvc|cisco|google|facebook|instagram|bing/;

/**
 * The link inside a rewritten one, one level; undefined where there is none.
 *
 * @example innerLink('https://eur.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com', domain) // 'https://example.com'
 * @param domain the host of `url`, lower case
 */
export function innerLink(url: string, domain: string): string | undefined {
  if (!HINT.test(domain)) return undefined;
  const rewriter = REWRITERS.find(({ host }) => host.test(domain));
  return rewriter === undefined || !URL.canParse(url) ? undefined : rewriter.inner(new URL(url));
}

function onPath(path: string, inner: Rewriter['inner']): Rewriter['inner'] {
  return (url) => (url.pathname === path ? inner(url) : undefined);
}

function lastEncodedSegment({ pathname }: URL): string | undefined {
  const last = pathname.slice(pathname.lastIndexOf('/') + 1);
  return /^https?%3a/i.test(last) ? percentDecoded(last) : undefined;
}

function bing({ searchParams }: URL): string | undefined {
  const sealed = searchParams.get('u') ?? '';
  return sealed.startsWith('a1') ? Buffer.from(sealed.slice(2), 'base64url').toString() : undefined;
}

function urlDefense(url: URL): string | undefined {
  if (url.pathname.startsWith('/v3/')) return urlDefense3(url.href);
  const { searchParams } = url;
  const inner = searchParams.get('u') ?? undefined;
  if (inner === undefined || url.pathname.startsWith('/v1/')) return inner;
  return percentDecoded(inner.replaceAll('-', '%').replaceAll('_', '/'));
}

/** `/v3/__URL__;BASE64!!…`: each `*` in the URL is a character, each `**X` a run of characters, taken from the base64. */
function urlDefense3(href: string): string | undefined {
  const open = href.indexOf('/v3/__') + 6;
  const close = href.lastIndexOf('__;');
  const seal = href.indexOf('!', close);
  if (open < 6 || close < open || seal < 0) return undefined;
  const characters = [...Buffer.from(href.slice(close + 3, seal), 'base64url').toString()];
  let next = 0;
  // Some gateways make one slash of two.
  const link = href.slice(open, close).replace(/^(https?:\/)(?=[^/])/i, '$1/');
  return link.replace(/\*(?:\*([A-Za-z0-9_-]))?/g, (_, run?: string) => {
    const count = run === undefined ? 1 : RUNS.indexOf(run) + 2;
    next += count;
    return characters.slice(next - count, next).join('');
  });
}

const RUNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
