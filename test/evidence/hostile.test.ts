import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf, messagesOf } from '../../src/evidence/index.ts';
import { ID, mail, meansOf, minute, other } from './told-store.ts';

/** Texts that would be KQL, end a literal, or be too much, if values were pasted. */
const texts: readonly [what: string, text: string][] = [
  ['a double quote and a pipe', '" | take 1 | where "" == "'],
  ['a single quote', "' or 1 == 1 //"],
  ['a statement', '"; EmailEvents | count; print "'],
  ['a function', 'datetime(2026-01-01)'],
  ['a dynamic literal', '"])) | union EmailEvents //'],
  ['backslashes', '\\"\\\\" \\u0041'],
  ['lines', 'one\r\ntwo\u2028three'],
  ['U+0000', 'a\u0000b'],
  ['half of a pair', 'x\ud800y'],
  ['right to left', '\u202egpj.exe'],
  ['backticks', '```" or true ```'],
  ['null', 'null'],
];

for (const [what, text] of texts)
  test(`${what} in every text of a message finds it, and no more`, async () => {
    const stored = text.toWellFormed();
    const own = {
      Subject: stored,
      SenderFromAddress: stored,
      SenderFromDomain: stored,
      SenderDisplayName: stored,
      SenderMailFromDomain: stored,
      SenderIPv4: stored,
      InternetMessageId: stored,
      RecipientEmailAddress: stored,
      EmailDirection: stored,
      AuthenticationDetails: stored,
    };
    const means = await meansOf({
      EmailEvents: [mail(own), other(1, { ...own, Timestamp: minute(-5) }), other(2)],
      EmailUrlInfo: [
        { Timestamp: minute(0), NetworkMessageId: ID, Url: stored, UrlDomain: stored, UrlLocation: 'Body' },
      ],
      EmailAttachmentInfo: [
        { Timestamp: minute(0), NetworkMessageId: ID, FileName: stored, SHA256: stored, RecipientEmailAddress: stored },
      ],
      EmailHeaders: [{ Timestamp: minute(0), NetworkMessageId: ID, InReplyTo: stored, ReplyTo: stored }],
      EmailAuthentication: [
        { Timestamp: minute(0), NetworkMessageId: ID, Method: 'DKIM', Result: 'pass', Domain: stored },
      ],
      UrlClickEvents: [
        { Timestamp: minute(2), NetworkMessageId: '', Url: stored, AccountUpn: stored, ActionType: 'ClickAllowed' },
        { Timestamp: minute(2), NetworkMessageId: '', Url: 'other', AccountUpn: 'other', ActionType: 'ClickAllowed' },
      ],
    });
    const { message, history, clicks } = await evidenceOf(ID, means);
    assert.equal(message.subject, stored);
    assert.equal(history.address.messages, 1);
    assert.equal(clicks.length, 1);
    assert.equal((await messagesOf({ internetMessageId: text }, means)).count, 2);
  });

test('an id that is KQL is no message', async () => {
  const means = await meansOf({ EmailEvents: [mail()] });
  await assert.rejects(evidenceOf('" or true or "', means), { code: 'EVID0001' });
  await assert.rejects(evidenceOf('', means), { code: 'EVID0001' });
});

test('a subject of a million characters, and a thousand recipients, links and files', async () => {
  const thousand = Array.from({ length: 1000 }, (_, n) => n);
  const means = await meansOf({
    EmailEvents: thousand.map((n) =>
      mail({ Subject: `Invoice ${'x '.repeat(n === 0 ? 500_000 : 10)}`, RecipientEmailAddress: `r${n}@contoso.com` }),
    ),
    EmailUrlInfo: thousand.map((n) => ({
      Timestamp: minute(0),
      NetworkMessageId: ID,
      Url: `https://a${n}.test/${'p'.repeat(3000)}${n}`,
      UrlDomain: `a${n}.test`,
      UrlLocation: 'Body',
    })),
    EmailAttachmentInfo: thousand.map((n) => ({
      Timestamp: minute(0),
      NetworkMessageId: ID,
      FileName: `${n}.pdf`,
      SHA256: `${n}`.padStart(64, '0'),
      RecipientEmailAddress: 'r1@contoso.com',
    })),
  });
  const { message } = await evidenceOf(ID, means);
  assert.deepEqual([message.recipients.length, message.urls.length, message.attachments.length], [1000, 1000, 1000]);
});

test('an aborted signal ends it', async () => {
  const means = await meansOf({ EmailEvents: [mail()] });
  await assert.rejects(evidenceOf(ID, { ...means, signal: AbortSignal.abort(new Error('enough')) }), /enough/);
});
