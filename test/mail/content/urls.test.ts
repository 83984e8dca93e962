import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ContentDefect, contentLimits } from '../../../src/mail/content/limits.ts';
import { innerLink } from '../../../src/mail/content/link-rewriters.ts';
import { linksIn } from '../../../src/mail/content/links-in-text.ts';
import { urlOf } from '../../../src/mail/content/url.ts';
import { UrlCollection } from '../../../src/mail/content/urls.ts';

const targets: readonly (readonly [target: string, domain: string, url?: string])[] = [
  ['https://www.example.com/a?b#c', 'www.example.com'],
  ['HTTPS://Example.COM', 'example.com'],
  ['http://example.com:8080/', 'example.com'],
  ['https://example.com./', 'example.com'],
  ['https://paypal.example@evil.example/', 'evil.example'],
  ['https://user:pw@evil.example/', 'evil.example'],
  ['https://bücher.example/ü', 'xn--bcher-kva.example'],
  ['https://xn--bcher-kva.example/', 'xn--bcher-kva.example'],
  ['http://%65xample.com/', 'example.com'],
  ['http://0x7f.1/', '127.0.0.1'],
  ['http://3221225985/', '192.0.2.1'],
  ['http://192.0.2.1/', '192.0.2.1'],
  ['http://[2001:db8::1]/', '[2001:db8::1]'],
  ['https:\\\\evil.example\\a', 'evil.example'],
  ['https:evil.example', 'evil.example'],
  ['https:///evil.example', 'evil.example'],
  ['http://localhost/', 'localhost'],
  ['http://example。com/', 'example.com'],
  [' \n https://exam\tple.com/\r\n', 'example.com', 'https://example.com/'],
  ['https://example.com/\x07', 'example.com', 'https://example.com/%07'],
  ['ftp://ftp.example/', 'ftp.example'],
  ['file://192.0.2.1/share', '192.0.2.1'],
  ['//cdn.example/a', 'cdn.example', 'http://cdn.example/a'],
  ['www.example.com/a', 'www.example.com', 'http://www.example.com/a'],
];

for (const [target, domain, url = target] of targets) {
  test(`a URL: ${JSON.stringify(target)}`, () => assert.deepEqual(urlOf(target), { url, domain }));
}

for (const target of [
  '',
  '#top',
  'mailto:a@example.com',
  'javascript:alert(1)',
  'JavaScript:x',
  'data:text/html,x',
  'cid:a@b',
  'tel:1',
  'page.html',
  '/page',
  'file:///etc/passwd',
  'http://',
  'http://a b.example/',
  '{{link}}',
  'about:blank',
  'example.com/a',
]) {
  test(`no URL: ${JSON.stringify(target)}`, () => assert.equal(urlOf(target), undefined));
}

test('a relative link is one with a base only', () => {
  assert.deepEqual(urlOf('b?c', 'https://example.com/a/'), { url: 'https://example.com/a/b?c', domain: 'example.com' });
  assert.deepEqual(urlOf('//x.example/', 'https://example.com/'), { url: 'https://x.example/', domain: 'x.example' });
  assert.equal(urlOf('mailto:a@b', 'https://example.com/'), undefined);
  assert.equal(urlOf('#a', 'https://example.com/'), undefined);
});

const texts: readonly (readonly [text: string, ...urls: string[]])[] = [
  ['see https://example.com/a.', 'https://example.com/a'],
  ['(https://example.com/a(b))', 'https://example.com/a(b)'],
  ['[https://example.com/]', 'https://example.com/'],
  ['<https://example.com/a>', 'https://example.com/a'],
  ['"https://example.com/"', 'https://example.com/'],
  ['https://a.example,https://b.example', 'https://a.example', 'https://b.example'],
  ['https://a.example/?u=https://b.example/', 'https://a.example/?u=https://b.example/'],
  ['link:https://a.example', 'https://a.example'],
  ['Www.Example.com', 'http://Www.Example.com'],
  ['www.example.test', 'http://www.example.test'],
  ['http://localhost/', 'http://localhost/'],
  ['http://3221225985/x', 'http://3221225985/x'],
  ['example.com', 'http://example.com'],
  ['example.com, example.org', 'http://example.com', 'http://example.org'],
  ['a.example.com/path', 'http://a.example.com/path'],
  ['bücher.com', 'http://bücher.com'],
  ['example.de/a', 'http://example.de/a'],
  ['hxxp://example.com', 'http://example.com'],
  ['hXXps[:]//example[.]com/a', 'https://example.com/a'],
  ['hxxps[://]example[.]com', 'https://example.com'],
  ['h**ps://example(.)com', 'https://example.com'],
  ['https:\\/\\/example.com\\/', 'https://example.com\\/'],
  ['example[.]com', 'http://example.com'],
  ['evil[dot]example/a', 'http://evil.example/a'],
  ['www(dot)evil(dot)example', 'http://www.evil.example'],
  ['fxp://a[.]example', 'ftp://a.example'],
  ['a@example.com'],
  ['mail a.b@example.com now'],
  ['invoice.pdf, node.js, v1.2.3, 3.14, e.g. this, end.Start'],
  ['a.b.c', ...[]],
  ['https://'],
  ['no links :// here'],
  ['wwww.example', ...[]],
  ['11:30. Next'],
  ['(dot)'],
  ['user(dot)name'],
  ['end.Start/next.'],
];

for (const [text, ...urls] of texts) {
  test(`text: ${text}`, () =>
    assert.deepEqual(
      linksIn(text).map(({ url }) => url),
      urls,
    ));
}

const rewritten: readonly (readonly [name: string, url: string, inner: string | undefined])[] = [
  [
    'Safe Links',
    'https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.com%2Fa&data=x',
    'https://example.com/a',
  ],
  ['URL Defense 1', 'https://urldefense.proofpoint.com/v1/url?u=http://example.com/&k=x', 'http://example.com/'],
  [
    'URL Defense 2',
    'https://urldefense.proofpoint.com/v2/url?u=https-3A__example.com_a-5Fb&d=x',
    'https://example.com/a_b',
  ],
  ['URL Defense 3', 'https://urldefense.com/v3/__https://example.com/a__;!!x!y$', 'https://example.com/a'],
  [
    'URL Defense 3, one character taken out',
    'https://urldefense.com/v3/__https://example.com/*a__;Iw!!x!y$',
    'https://example.com/#a',
  ],
  [
    'URL Defense 3, a run taken out',
    'https://urldefense.com/v3/__https://example.com/**Aa__;IyM!!x!y$',
    'https://example.com/##a',
  ],
  ['Barracuda', 'https://linkprotect.cudasvc.com/url?a=https%3a%2f%2fexample.com&c=E', 'https://example.com'],
  ['Cisco', 'https://secure-web.cisco.com/1abc/https%3A%2F%2Fexample.com%2F', 'https://example.com/'],
  ['Google', 'https://www.google.co.uk/url?q=https://example.com/&sa=D', 'https://example.com/'],
  [
    'Bing',
    `https://www.bing.com/ck/a?!&&p=x&u=a1${Buffer.from('https://example.com').toString('base64url')}`,
    'https://example.com',
  ],
  [
    'a host that only ends alike',
    'https://evilsafelinks.protection.outlook.com.example/?url=https://example.com',
    undefined,
  ],
  ['a search', 'https://www.google.com/search?q=https://example.com', undefined],
  ['a broken escape', 'https://urldefense.proofpoint.com/v2/url?u=https-3A__-ZZ', undefined],
];

for (const [name, url, inner] of rewritten) {
  test(`rewritten: ${name}`, () => assert.equal(innerLink(url, urlOf(url)!.domain), inner));
}

function collect(fill: (urls: UrlCollection) => void, limits = {}) {
  const defects = new Set<ContentDefect>();
  const urls = new UrlCollection({ ...contentLimits, ...limits }, defects);
  fill(urls);
  return { urls: urls.urls(), defects: [...defects] };
}

test('a rewritten link stays, and the one inside follows in the same chain', () => {
  const outer = `https://x.safelinks.protection.outlook.com/?url=${encodeURIComponent('https://www.google.com/url?q=https://example.com/')}`;
  const { urls } = collect((all) => all.addText(`https://a.example/ ${outer}`, 'Body'));
  assert.deepEqual(
    urls.map(({ domain, kind, chain }) => [domain, kind, chain?.id, chain?.position]),
    [
      ['a.example', 'text', undefined, undefined],
      ['x.safelinks.protection.outlook.com', 'text', 1, 0],
      ['www.google.com', 'inner', 1, 1],
      ['example.com', 'inner', 1, 2],
    ],
  );
});

test('the host that a text names is kept where the link leads elsewhere', () => {
  const shown = (html: string): (string | undefined)[] =>
    collect((all) => all.addHtml(html, 'Body')).urls.map(({ shownDomain }) => shownDomain);
  assert.deepEqual(shown('<a href="https://evil.example/">https://bank.example/login</a>'), ['bank.example']);
  assert.deepEqual(shown('<a href="https://evil.example/">www.<b>bank</b>.example</a>'), ['www.bank.example']);
  assert.deepEqual(shown('<a href="https://bank.example/x">www.bank.example</a>'), [undefined]);
  assert.deepEqual(shown('<a href="https://bank.example/x">click here</a>'), [undefined]);
  const twice = '<a href="https://evil.example/">here</a><a href="https://evil.example/">https://bank.example</a>';
  assert.deepEqual(shown(twice), ['bank.example']);
});

test('HTML: relative to base, text beside links, text of links that lead nowhere, scripts of files only', () => {
  const html =
    '<base href="https://base.example/"><a href="a">x</a><a href="#">https://shown.example/</a><a href="mailto:a@b">m</a>' +
    '<p>https://text.example/</p><script>location="https://script.example/"</script><img src="cid:a@b">';
  const urlsOf = (scripts: boolean): string[] =>
    collect((all) => assert.deepEqual(all.addHtml(html, 'Body', scripts), ['#', 'mailto:a@b', 'cid:a@b'])).urls.map(
      ({ url }) => url,
    );
  const always = ['https://base.example/a', 'https://shown.example/', 'https://text.example/'];
  assert.deepEqual(urlsOf(false), always);
  assert.deepEqual(urlsOf(true), [...always, 'https://script.example/']);
});

test('each URL once a location', () => {
  const { urls } = collect((all) => {
    for (const location of ['Subject', 'Body', 'Body'] as const)
      all.addText('https://a.example/ https://a.example/', location);
  });
  assert.deepEqual(
    urls.map(({ location }) => location),
    ['Subject', 'Body'],
  );
});

test('limits are named', () => {
  const many = Array.from({ length: 10 }, (_, at) => `https://a${at}.example/`).join(' ');
  const few = collect((all) => all.addText(many, 'Body'), { urls: 9 });
  assert.equal(few.urls.length, 9);
  assert.deepEqual(few.defects, ['too many URLs']);
  assert.deepEqual(collect((all) => all.addText(many, 'Body'), { urls: 10 }).defects, []);

  const long = collect((all) => all.addText(`https://a.example/${'x'.repeat(5000)}`, 'Body'));
  assert.equal(long.urls[0]!.url.length, 4096);
  assert.deepEqual(long.defects, ['URL too long']);

  const cut = collect((all) => all.addText(`https://a.example/ ${'x'.repeat(100)} https://b.example/`, 'Body'), {
    textLength: 100,
  });
  assert.equal(cut.urls.length, 1);
  assert.deepEqual(cut.defects, ['text too long']);
});
