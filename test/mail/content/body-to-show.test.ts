import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyToShow, contentIdOf, readLink, readMessage } from '../../../src/mail/index.ts';

const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const shown = (...parts: readonly string[]) =>
  bodyToShow(
    readMessage(
      Buffer.from(
        `MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join('')}--b--\r\n`,
        'latin1',
      ),
    ),
  );

test('text and HTML are decoded by their charset and encoding', () => {
  const body = shown(
    'Content-Type: text/plain; charset=iso-8859-1\r\n\r\nGr\xfc\xdfe',
    'Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+R3LDvMOfZTwvcD4=',
  );
  assert.deepEqual([body.text, body.html, body.isCut, body.files.length], ['Grüße', '<p>Grüße</p>', false, 0]);
  const none = bodyToShow(readMessage(Buffer.from('Content-Type: application/pdf\r\n\r\nx')));
  assert.deepEqual([none.text, none.html, none.files.length], [undefined, undefined, 1]);
});

test('a picture is found by its Content-ID and told by its content', () => {
  const body = shown(
    'Content-Type: text/html\r\n\r\n<img src="cid:a%40b"><img src="cid:c@d">',
    `Content-Type: image/png\r\nContent-ID: <a@b>\r\nContent-Transfer-Encoding: base64\r\n\r\n${gif}`,
    'Content-Type: image/png\r\nContent-ID: <c@d>\r\n\r\n<svg onload=x>',
  );
  assert.equal(body.picture(contentIdOf('cid:a%40b'))?.type, 'gif');
  assert.notEqual(body.picture('c@d')?.type, 'png');
  assert.equal(body.picture('none'), undefined);
  assert.equal(body.files.length, 0);
});

test('files are listed with safe names, and decoded when asked', () => {
  const body = shown(
    'Content-Type: text/plain\r\n\r\ntext',
    'Content-Type: application/zip; name="../../a.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\nUEsDBA==',
  );
  const [file] = body.files;
  assert.deepEqual(
    [file?.number, file?.fileName, file?.rawNames, file?.declaredType],
    [0, 'a.zip', ['../../a.zip'], 'application/zip'],
  );
  assert.equal(file?.bytes().toString('latin1'), 'PK\x03\x04');
});

test('a body that is too long is cut, and says so', () => {
  const body = shown(`Content-Type: text/plain\r\n\r\n${'a'.repeat((1 << 20) + 10)}`);
  assert.deepEqual([body.text?.length, body.isCut], [1 << 20, true]);
});

test('a link names another host only where no step of its way is that host', () => {
  const safelinks = (url: string) => `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(url)}`;
  assert.equal(readLink('https://evil.example/', 'www.contoso.com')?.shownDomain, 'www.contoso.com');
  assert.equal(readLink('https://www.contoso.com/x', 'contoso.com')?.shownDomain, undefined);
  assert.equal(readLink(safelinks('https://contoso.com/'), 'contoso.com')?.shownDomain, undefined);
  assert.equal(readLink(safelinks('https://evil.example/'), 'contoso.com')?.shownDomain, 'contoso.com');
  assert.deepEqual(readLink(safelinks('https://evil.example/'))?.inner, [
    { url: 'https://evil.example/', domain: 'evil.example' },
  ]);
  assert.equal(readLink('javascript:alert(1)'), undefined);
});
