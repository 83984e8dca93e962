import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Parser } from 'htmlparser2';
import { safeHtml } from '../../../../src/server/workbench/safe-html/safe-html.ts';
import { safeStyle } from '../../../../src/server/workbench/safe-html/style.ts';
import { allowedAttributes, allowedTags } from '../../../../src/server/workbench/safe-html/tags.ts';
import { inTime } from '../../../in-time.ts';
import { vectors } from './vectors.ts';

const attributes = new Set([...Object.values(allowedAttributes).flat(), 'class', 'src', 'alt']);
attributes.delete('data-n');

/** What holds for all that is shown, whatever came in: only these tags, only these attributes, nothing that fetches. */
function assertSafe(html: string, about: string): void {
  const parser = new Parser({
    onopentag: (name, found) => {
      assert.ok(allowedTags.includes(name) && name !== 'a', `${about}: <${name}> in ${html}`);
      for (const [attribute, value] of Object.entries(found)) {
        assert.ok(attributes.has(attribute), `${about}: ${attribute}= in ${html}`);
        if (attribute === 'class') assert.match(value, /^mh-[a-z]+(?: mh-bad)?$/, about);
        if (attribute === 'src') assert.match(value, /^data:image\/(?:png|jpeg|gif|webp|bmp);base64,[\w+/=]*$/, about);
        if (attribute === 'style') assert.doesNotMatch(value, /url|expression|@|\\|position|var\(/i, about);
      }
    },
    oncomment: () => assert.fail(`${about}: a comment in ${html}`),
  });
  parser.end(html);
}

test('there are more than 60 vectors', () => assert.ok(vectors.length > 60, String(vectors.length)));

for (const { name, html, never, twin, stays } of vectors)
  test(`${name}: made harmless, its twin stays`, () => {
    const shown = safeHtml(html).html;
    assertSafe(shown, name);
    if (never) assert.doesNotMatch(shown.replace(/<code[^>]*>[^<]*<\/code>/g, ''), never);
    const same = safeHtml(twin).html;
    assertSafe(same, name);
    assert.ok(same.includes(stays), `${stays} in ${same}`);
  });

test('every vector inside every other place is harmless too', () => {
  const places = [
    '<b>§</b>',
    '<table><tr><td>§',
    '<p title="§">x</p>',
    '<a href="§">§</a>',
    '<!-- § -->',
    '<style>§</style>',
    '<svg>§</svg>',
    '<select>§</select>',
  ];
  for (const place of places)
    for (const { html, name } of vectors) assertSafe(safeHtml(place.replaceAll('§', html)).html, `${name} in ${place}`);
});

test('a link shows where it leads, and where its text lies', () => {
  const misleading = safeHtml('<a href="https://evil.example/login">www.contoso.com</a>');
  assert.match(misleading.html, /<code title="https:&#x2F;|<code title="https:\/\/evil\.example\/login"/);
  assert.match(misleading.html, /text says www\.contoso\.com/);
  assert.equal(misleading.changes.misleading, 1);
  const honest = safeHtml('<a href="https://www.contoso.com/login">contoso.com</a>');
  assert.doesNotMatch(honest.html, /text says|mh-bad/);
  assert.equal(honest.changes.misleading, 0);
});

test('a link that a gateway rewrote is compared with where it ends', () => {
  const rewritten = (url: string) => `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}`;
  const honest = safeHtml(`<a href="${rewritten('https://contoso.com/a')}">contoso.com</a>`);
  assert.equal(honest.changes.misleading, 0);
  assert.match(honest.html, /leads to <code title="https:\/\/contoso\.com\/a"/);
  assert.equal(safeHtml(`<a href="${rewritten('https://evil.example/')}">contoso.com</a>`).changes.misleading, 1);
});

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

test('a picture of the message is shown by its content, any other is words', () => {
  const picture = (id: string) =>
    id === 'logo@a' ? { type: 'gif', bytes: gif } : id === 'bad' ? { type: 'svg', bytes: gif } : undefined;
  const shown = safeHtml('<img src="cid:logo%40a" alt="Logo" width=20 onerror=x>', picture);
  assert.match(shown.html, /^<img src="data:image\/gif;base64,R0lG[^"]*" alt="Logo" style="width:20px">$/);
  assert.equal(shown.changes.shownImages, 1);
  for (const id of ['bad', 'none']) assert.match(safeHtml(`<img src="cid:${id}">`, picture).html, /Image not loaded/);
});

test('what is asked for is told', () => {
  const { html, changes } = safeHtml(
    '<form action="https://evil.example/s"><input type=password placeholder=Password></form>',
  );
  assert.deepEqual([changes.forms, changes.fields], [1, 1]);
  assert.match(html, /A form that would send what is typed to <code[^>]*>https:\/\/evil\.example\/s</);
  assert.match(html, /\[password field Password\]/);
  assert.deepEqual(safeHtml('<p>Password</p>').changes.forms, 0);
});

test('a style keeps looks and loses places', () => {
  assert.equal(safeStyle('color: red; POSITION: fixed; margin: 0 -4px; padding: 4px 8px'), 'color:red;padding:4px 8px');
  assert.equal(safeStyle('background: rgb(1, 2, 3); color: #fff !important'), 'background:rgb(1, 2, 3);color:#fff');
  assert.equal(
    safeStyle('color: red; color: "x\\"; content: "}"; line-height: 0; line-height: 1.4'),
    'color:red;line-height:1.4',
  );
  assert.equal(
    safeStyle('font-family: "Segoe UI", Arial; display: flex; display: block'),
    'font-family:"Segoe UI", Arial;display:block',
  );
});

test('a document that is all depth is shown as text, and none takes long', async () => {
  const size = 300_000;
  const pieces = [
    '<div>',
    '<b><i>',
    '<table>',
    '<svg>',
    '<a href=x>',
    '<li><ul>',
    '<',
    '<!--',
    '<p ',
    '&#x202e;',
    '<iframe>',
    '<noscript>',
    '<p style="',
    'a:b;',
  ];
  await inTime(15_000, () => {
    for (const piece of pieces) assertSafe(safeHtml(`${piece.repeat(size / piece.length)}end`).html, piece);
  });
  const deep = safeHtml(`${'<div>'.repeat(5000)}end`);
  assert.equal(deep.isFlat, true);
  assert.match(deep.html, /end/);
  assert.equal(safeHtml(`${'<div>'.repeat(500)}end${'</div>'.repeat(500)}`).isFlat, false);
});
