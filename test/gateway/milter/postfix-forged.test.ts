import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { defaultPolicy } from '../../../src/policy/index.ts';
import { forgedForms, ID, LIE } from '../edits/forged-forms.ts';
import { AT, triedGate } from '../gate-rig.ts';
import { noPostfix } from '../postfix.ts';
import { type PostfixWithMilter, postfixWithMilter, sendMail } from './postfix-milter.ts';

const skip = noPostfix;
const FIELDS = 'From: jane@bank.example\r\nMessage-Id: <1@bank.example>\r\nDate: Sat, 18 Jul 2026 12:00:00 +0000\r\n';
const LIMIT = 100_000;

/** A real Postfix, and a real gate whose policy is in Audit: what comes goes on, with the gate's stamp. */
let mta: PostfixWithMilter;

before(async () => {
  if (skip !== false) return;
  const { gate } = triedGate({ policy: () => defaultPolicy(AT), stamping: { authservId: ID } });
  mta = await postfixWithMilter({
    milter: { gate, now: () => AT, oversize: 'accept', limits: { messageBytes: LIMIT } },
  });
});
after(() => mta?.[Symbol.asyncDispose]());

let number = 0;

/** What becomes of a message: the answer, and the fields that are delivered below those of the delivery itself. */
async function sent(message: string): Promise<{ answer: string; fields: readonly string[] }> {
  const to = `number${++number}@example.com`;
  const client = await mta.client({ ip: '192.0.2.7' });
  const answer = await sendMail(client, Buffer.from(message, 'latin1'), { to: [to] });
  client.close();
  if (!answer.startsWith('250')) return { answer, fields: [] };
  const [text = ''] = await mta.delivered(to);
  const header = text.slice(0, text.indexOf('\n\n'));
  return { answer, fields: header.split(/\n(?![ \t])/).slice(3) };
}

const isStamp = (field: string): boolean => /^(?:(?:ARC-)?Authentication-Results|X-Mailhunt-Policy)\s*:/i.test(field);

function checkStamps(fields: readonly string[]): void {
  assert.match(fields[0]!, /^Authentication-Results: mx\.contoso\.com; (?:none|spf=)/);
  assert.match(fields[1]!, /^X-Mailhunt-Policy: /);
  assert.deepEqual(fields.slice(2).filter(isStamp), []);
  for (const field of fields.slice(0, 2)) assert.ok(!field.includes(LIE), field);
}

for (const [what, lines] of forgedForms) {
  test(`behind Postfix no forged stamp is left, ${what}`, { skip }, async () => {
    for (const message of [`${lines}\r\n${FIELDS}\r\nHi\r\n`, `${FIELDS}${lines}\r\n\r\nHi\r\n`]) {
      const { answer, fields } = await sent(message);
      assert.match(answer, /^250/);
      checkStamps(fields);
    }
  });
}

test('a message larger than the milter takes, which by setting goes on, goes on marked and without forged stamps', {
  skip,
}, async () => {
  const forged = `Authentication-Results: ${ID}; ${LIE}\r\nX-Mailhunt-Policy: Deliver; ${LIE}\r\n${FIELDS}`;
  const { answer, fields } = await sent(`${forged}\r\n${'0123456789abcdef\r\n'.repeat(LIMIT / 10)}`);
  assert.match(answer, /^250/);
  checkStamps(fields);
  assert.deepEqual(
    fields.slice(0, 2).map((field) => field.replace(/\s+/g, ' ')),
    [`Authentication-Results: ${ID}; none`, 'X-Mailhunt-Policy: Undecided; because="Message too large to be checked"'],
  );
});

test('a header larger than the milter takes does not go on by any setting', { skip }, async () => {
  const padding = `${'X-Padding: 0123456789abcdef0123456789abcdef\r\n'.repeat(LIMIT / 40)}`;
  const { answer } = await sent(`${padding}Authentication-Results: ${ID}; ${LIE}\r\n${FIELDS}\r\nHi\r\n`);
  assert.match(answer, /^552 5\.3\.4/);
});
