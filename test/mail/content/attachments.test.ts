import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { attachmentOf, type PartRole, roleOf } from '../../../src/mail/content/attachments.ts';
import { cleanFileName, extensionOf } from '../../../src/mail/content/file-names.ts';
import { fileTypeOf } from '../../../src/mail/content/file-types.ts';
import type { MimePart } from '../../../src/mail/content/mime-parts.ts';

const names: readonly (readonly [name: string, raw: string, clean: string, extension: string])[] = [
  ['plain', 'Invoice 1.PDF', 'Invoice 1.PDF', '.pdf'],
  ['folders', '../../etc/passwd', 'passwd', ''],
  ['Windows folders', 'C:\\temp\\..\\a.exe', 'a.exe', '.exe'],
  ['right-to-left override', 'invoice\u202efdp.exe', 'invoicefdp.exe', '.exe'],
  ['controls and line ends', 'a\r\n\x1b[31m.pdf\0.exe', 'a[31m.pdf.exe', '.exe'],
  ['zero width', 'a.e\u200bx\u00ade', 'a.exe', '.exe'],
  ['blanks at the ends', '  a.exe  ', 'a.exe', '.exe'],
  ['dots at the end, as Windows reads them', 'a.exe. . ', 'a.exe. .', '.exe'],
  ['two extensions', 'a.pdf.html', 'a.pdf.html', '.html'],
  ['only an extension', '.htaccess', '.htaccess', '.htaccess'],
  ['no extension', 'README', 'README', ''],
  ['an extension with a blank is none', 'see 1. the end', 'see 1. the end', ''],
  ['other scripts', '請求書.pdf', '請求書.pdf', '.pdf'],
  ['nothing left', '\u202e/', '', ''],
];

for (const [name, raw, clean, extension] of names) {
  test(`file name: ${name}`, () => {
    assert.equal(cleanFileName(raw), clean);
    assert.equal(extensionOf(cleanFileName(raw)), extension);
  });
}

test('law: a clean name is short, prints, has no folder, and stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (raw) => {
      const clean = cleanFileName(raw);
      assert.ok(clean.length <= 255);
      assert.doesNotMatch(clean, /[\x00-\x1f\x7f-\x9f/\\\u202a-\u202e]/);
      assert.equal(cleanFileName(clean), clean);
    }),
  );
});

test('an over-long name keeps its extension', () => {
  assert.equal(cleanFileName(`${'a'.repeat(500)}.exe`), `${'a'.repeat(251)}.exe`);
});

const zipOf = (entry: string): string => `PK\x03\x04\x14\0\0\0\0\0${'\0'.repeat(16)}\x05\0\0\0${entry}`;
const ole = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';
const wide = (text: string): string => Buffer.from(text, 'utf16le').toString('latin1');

const types: readonly (readonly [content: string, extension: string, type: string])[] = [
  ['%PDF-1.7\n', '.txt', 'pdf'],
  ['\x89PNG\r\n\x1a\n', '.jpg', 'png'],
  ['\xff\xd8\xff\xe0\0\x10JFIF', '', 'jpg'],
  ['GIF89a\x01\0', '', 'gif'],
  ['MZ\x90\0\x03', '.pdf', 'exe'],
  ['MZ is how some words begin', '.txt', 'txt;text'],
  ['BMW offers', '', 'txt;text'],
  [zipOf('readme'), '.docx', 'zip'],
  [zipOf('word/document.xml'), '.zip', 'docx;zip'],
  [zipOf('xl/workbook.xml'), '', 'xlsx;zip'],
  [zipOf('META-INF/MANIFEST.MF'), '', 'jar;zip'],
  ['PK\x05\x06', '', 'zip'],
  [`${ole}${wide('WordDocument')}`, '', 'doc;ole'],
  [`${ole}${wide('__properties_version1.0')}`, '', 'msg;ole'],
  [ole, '', 'ole'],
  ['Rar!\x1a\x07\x01\0', '', 'rar'],
  [`${'\0'.repeat(32769)}CD001`, '', 'iso'],
  ['{\\rtf1', '.doc', 'rtf;text'],
  ['\xef\xbb\xbf\r\n <!DOCTYPE html><p>', '.txt', 'html;text'],
  [`\xff\xfe${wide('<html>')}`, '', 'html;text'],
  ['<script>', '.pdf', 'html;text'],
  ['<?xml version="1.0"?><!-- x --><svg xmlns="y">', '', 'svg'],
  ['<?xml version="1.0"?><a/>', '', 'xml;text'],
  ['BEGIN:VCALENDAR\r\n', '', 'ics;text'],
  ['Received: from a\r\n', '', 'eml;text'],
  ['hello', '.txt', 'txt;text'],
  ['var a = 1;', '.js', 'js;text'],
  ['plain', '.htm', 'html;text'],
  ['\0\x01\x02', '.exe', ''],
  ['', '.txt', ''],
];

for (const [content, extension, type] of types) {
  test(`file type: ${JSON.stringify(content.slice(0, 30))} ${extension} is '${type}'`, () => {
    assert.equal(fileTypeOf(Buffer.from(content, 'latin1'), extension), type);
  });
}

const part = (over: Partial<MimePart>): MimePart => ({
  type: 'application/octet-stream',
  charset: '',
  disposition: '',
  fileNames: [],
  encoding: '',
  contentId: '',
  start: 0,
  end: 0,
  within: ['multipart/mixed'],
  ...over,
});

const related = ['multipart/mixed', 'multipart/related'];
const roles: readonly (readonly [name: string, part: Partial<MimePart>, role: PartRole, shown?: string])[] = [
  ['text', { type: 'text/plain' }, 'body'],
  ['HTML with a name, not marked', { type: 'text/html', fileNames: ['a.html'] }, 'body'],
  ['HTML marked attachment', { type: 'text/html', disposition: 'attachment' }, 'attachment'],
  ['a picture of the body', { type: 'image/png', contentId: 'a', within: related }, 'inline'],
  [
    'a picture of the body, marked attachment',
    { type: 'image/png', contentId: 'a', within: related, disposition: 'attachment' },
    'attachment',
  ],
  ['the same, shown by the body', { type: 'image/png', contentId: 'a', disposition: 'attachment' }, 'inline', 'a'],
  ['a picture with an id, elsewhere', { type: 'image/png', contentId: 'a' }, 'attachment'],
  ['a picture without an id', { type: 'image/png', within: related }, 'attachment'],
  ['a program with an id', { contentId: 'a', within: related }, 'attachment', 'a'],
  ['a calendar beside the body', { type: 'text/calendar', within: ['multipart/alternative'] }, 'alternative'],
  [
    'a calendar with a name',
    { type: 'text/calendar', within: ['multipart/alternative'], fileNames: ['a.ics'] },
    'attachment',
  ],
  ['a delivery status', { type: 'message/delivery-status', within: ['multipart/report'] }, 'alternative'],
  ['a program in a report', { within: ['multipart/report'] }, 'attachment'],
  ['the message that a report is about', { type: 'message/rfc822', within: ['multipart/report'] }, 'attachment'],
  ['a signature', { type: 'application/pkcs7-signature', within: ['multipart/signed'] }, 'attachment'],
];

for (const [name, over, role, shown] of roles) {
  test(`role: ${name}`, () => assert.equal(roleOf(part(over), new Set(shown === undefined ? [] : [shown])), role));
}

test('an attachment: names, size, SHA-256, type', () => {
  const bytes = Buffer.from('%PDF-1.4');
  const found = attachmentOf(part({ type: 'text/x', fileNames: ['..\\a\u202e.PDF', 'b.txt'] }), bytes);
  assert.partialDeepStrictEqual(found, {
    fileName: 'a.PDF',
    rawNames: ['..\\a\u202e.PDF', 'b.txt'],
    extension: '.pdf',
    size: 8,
    sha256: createHash('sha256').update('%PDF-1.4').digest('hex'),
    fileType: 'pdf',
    declaredType: 'text/x',
  });
});
