import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { readHtml } from '../../../src/mail/content/html.ts';

/** `kind target`, with ` | shown` where a link shows text. */
const linksOf = (html: string): string[] =>
  readHtml(html).links.map(({ kind, target, shown }) => `${kind} ${target}${shown === undefined ? '' : ` | ${shown}`}`);

const rows: readonly (readonly [name: string, html: string, ...links: string[]])[] = [
  ['a', '<a href="https://a.example/">go</a>', 'link https://a.example/ | go'],
  ['any case, any quote, blanks around =', "<A HREF = 'u'>x</A><a\nhref=v>", 'link u | x', 'link v'],
  ['a slash between attributes', '<a/href="u"/>', 'link u'],
  ['a slash in a value without quotes', '<a href=http://a.example/b/>x</a>', 'link http://a.example/b/ | x'],
  ['area, form, formaction', '<area href=a><form action=b><button formaction=c>', 'link a', 'form b', 'form c'],
  [
    'images and tracking pixels',
    '<img src=a><img srcset="b 1x, c 2x"><td background=d>',
    'resource a',
    'resource b',
    'resource c',
    'resource d',
  ],
  [
    'frames, style sheets, media',
    '<iframe src=a></iframe><link href=b><video poster=c>',
    'resource a',
    'resource b',
    'resource c',
  ],
  ['style', `<p style="background:url('a')">`, 'resource a'],
  ['meta refresh', `<meta http-equiv=refresh content="0; URL='u'">`, 'link u'],
  ['meta of other kinds', '<meta name=x content="url of mine"><p content="0;url=u">'],
  ['the first href counts (HTML, duplicate-attribute)', '<a href=u href=v>x</a>', 'link u | x'],
  [
    'entities',
    '<a href="h&#116;tp&colon;//a&period;example/?b&amp;c&copy=1">x</a>',
    'link http://a.example/?b&c&copy=1 | x',
  ],
  ['a > in quotes', '<a title=">" href=u>x</a>', 'link u | x'],
  ['a quote outside a value is no quote', '<a "foo> href=u>x</a><a href=v>', 'link v'],
  ['a tag in a comment', '<!-- <a href=u> -->'],
  ['comments that close at once', '<!--><a href=u><!---><a href=v>', 'link u', 'link v'],
  ['a comment ended by --!>', '<!-- --!><a href=u>', 'link u'],
  [
    'conditional comments: Outlook shows them',
    '<!--[if mso]><v:roundrect href="u"><![endif]--><![if !mso]><a href=v>x</a><![endif]>',
    'link u',
    'link v | x',
  ],
  ['a comment inside a conditional comment goes on behind it', '<!--[if mso]><!-- --><a href=u>', 'link u'],
  ['scripts and styles are no tags', '<script>"<a href=u>"</script><style><a href=v></style>'],
  ['an end tag of another name ends no script', '<script></scripts><a href=u></script ><a href=v>', 'link v'],
  ['textarea and title are text', '<title><a href=u></title><textarea><a href=v></textarea>'],
  ['a tag that is not closed is none (eof-in-tag)', '<a href=u'],
  ['a value that is not closed takes all', '<a href="u>x</a><a href=v>'],
  ['< before other than a letter is text', 'a < b <3 <a href=u>', 'link u'],
  ['an empty href', '<a href="">x</a>'],
  ['an a that is not closed ends at the next', '<a href=u>one<a href=v>two', 'link u | one', 'link v | two'],
  ['text through other tags', '<a href=u><b>b</b>ank<i>.example</i></a>', 'link u | bank.example'],
];

for (const [name, html, ...links] of rows) test(`HTML: ${name}`, () => assert.deepEqual(linksOf(html), links));

test('text: blocks are lines, inline tags are nothing, links are apart', () => {
  assert.equal(readHtml('a<p>b<b>c</b>d</p>&lt;e').text, 'a\nbcd\n<e');
  assert.equal(readHtml('see<a href=u>label</a>there').text, 'see there');
  assert.match(
    readHtml(`<a href=u>${'word '.repeat(1000)}`).text,
    /word word/,
    'an a that was not closed hides nothing',
  );
});

test('the first base counts; scripts are kept apart', () => {
  const content = readHtml('<base href=a><base href=b><script>x()</script>');
  assert.equal(content.base, 'a');
  assert.deepEqual(content.scripts, ['x()']);
});

/** All values of href, src and action, by htmlparser2. */
function oracle(html: string): string[] {
  const found: string[] = [];
  const parser = new Parser({
    onopentag: (name, { href, src, action }) => {
      for (const value of [href, src, action]) if (name !== 'base' && value) found.push(value);
    },
  } as ConstructorParameters<typeof Parser>[0]);
  parser.end(html);
  return found.sort();
}

const pieces = [
  '<a href="u1">',
  '<a href=u2 >',
  "<img src='u3'>",
  '<area href=u4>',
  '</a>',
  '</p>',
  '<p class="a>b">',
  'text',
  ' < ',
  '&amp;',
  '<!-- x -->',
  '<!-- <a href=no> -->',
  '<b "x>',
  '<br/>',
  '<script>',
  '</script>',
  '<style>',
  '</style>',
  '<a href="u&amp;5" title=\'"\'>',
  '=',
  '"',
  "'",
  '>',
  '/',
  '\n',
  '<a\thref\n=\fu6>',
  '<A HREF=U7>',
  '<!doctype html>',
  '<?php a ?>',
  '</ x>',
  '<title>',
  '</title>',
] as const;

test('law: the same links as htmlparser2 in any mixture of pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (some) => {
      const html = `${some.join('')} `;
      const ours = readHtml(html).links.filter(({ target }) => target !== 'no');
      assert.deepEqual(ours.map(({ target }) => target).sort(), oracle(html), html);
    }),
    { numRuns: 3000, seed: 7 },
  );
});
