/** Every row of the matrix through another implementation: mailauth, strict. A difference that is not explained here fails. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { matrix } from './matrix.ts';
import { authorsOf, judge, nameOf, type Row } from './matrix-row.ts';
import { resolverOf } from './zone.ts';

interface MailauthVerdict {
  readonly response: false | { readonly status: { readonly result: string }; readonly policy?: string };
}

const { evaluateDmarc } = createRequire(import.meta.url)('mailauth/lib/dmarc') as {
  evaluateDmarc(query: object): Promise<MailauthVerdict>;
};

const codes: Readonly<Record<string, string>> = { 'no-name': 'ENOTFOUND', 'no-record': 'ENODATA', failed: 'ETIMEOUT' };

/** What mailauth says: `result policy`; `silent` where it gives no verdict. */
async function mailauth(row: Row): Promise<string> {
  const dns = resolverOf(row.zone);
  const resolver = async (name: string, type: string) => {
    const answer = await dns.query(name, type === 'TXT' ? 'TXT' : 'A');
    if (answer.status !== 'found') throw Object.assign(new Error(answer.status), { code: codes[answer.status] });
    return answer.records.map((record) => [record]);
  };
  const address = authorsOf(row).mailboxes.map((mailbox) => mailbox.address);
  const { response } = await evaluateDmarc({
    headerFrom: address,
    fromFields: row.problems.includes('several From fields') ? 2 : 1,
    spfDomains: row.spf.result === 'pass' ? [{ domain: row.spf.domain }] : [],
    dkimDomains: row.dkim.filter(({ result }) => result === 'pass'),
    resolver,
    strict: true,
  });
  return response === false ? 'silent' : `${response.status.result} ${response.policy ?? '-'}`;
}

const ONE_DOMAIN = '11.5: the same domain twice, in two spellings';

/** Why the two differ, who is right, and what mailauth says instead. */
interface Difference {
  readonly right: 'ours' | 'theirs' | 'open';
  readonly why: string;
  readonly theirs: string;
  readonly rows: readonly string[];
}

const differences: readonly Difference[] = [
  {
    right: 'ours',
    why: 'section 4.7 "p": a record without p is treated as if it had p=none; mailauth wants a rua as for an invalid p',
    theirs: 'none -',
    rows: [
      '4.7 p: no p at all: none, but required in RFC 7489 6.3',
      '4.7 p: no p at all and an aligned pass',
      '4.7 p: no p but sp',
      '4.8: only the version',
      '4.8: a tag name in upper case is another tag (RFC 6376 3.2)',
    ],
  },
  {
    right: 'ours',
    why: 'section 9.2: none means that no record exists, an improperly formatted one is a permerror; either way no policy',
    theirs: 'none -',
    rows: [
      '4.7: a tag that stands twice spoils the record (RFC 6376 3.2)',
      '4.7: a tag that stands twice, the same',
      '4.7: an unknown tag that stands twice',
      '4.10.1: an invalid p without rua',
      '4.10.1: an invalid p without rua, and an aligned pass',
      '4.10.1: an invalid p with a rua that is no URI',
      '4.10.1: an invalid sp without rua',
      '4.10.1: an invalid np without rua; no tag in RFC 7489',
      '4.10.1: an invalid policy at the author is not healed from above',
      '4.10.1: an invalid policy above',
    ],
  },
  {
    right: 'ours',
    why: 'section 5.3.6: a check that DNS left open can be neither pass nor fail; mailauth is told of passes only',
    theirs: 'fail reject',
    rows: [
      '5.3.6: SPF temperror of the author domain',
      '5.3.6: SPF temperror of a subdomain',
      '5.3.6: DKIM temperror of the author domain',
      '5.3.6: DKIM temperror of the author domain, SPF passed elsewhere',
      '5.3.6: DKIM temperror of a subdomain',
    ],
  },
  { right: 'ours', why: 'section 5.3.6, as above', theirs: 'fail none', rows: ['5.3.6: p=none and DKIM temperror'] },
  {
    right: 'ours',
    why: 'section 4.7 "t": both policies are none after t=y, so nothing hangs on whether the name exists',
    theirs: 'temperror none',
    rows: ['A.4: no answer, and t=y makes both the same'],
  },
  {
    right: 'ours',
    why: 'section 5.3.6: where DNS does not tell which of two policies it is, the weaker is no answer; mailauth gives it',
    theirs: 'temperror none',
    rows: ['A.4: no answer whether it is there'],
  },
  {
    right: 'ours',
    why: 'sections 5.3.1 and 11.5: no verdict is allowed, and is what an attacker wants; each domain is judged, the worst counts',
    theirs: 'silent',
    rows: matrix
      .filter(({ from, problems }) => from.length !== 1 || problems.includes('several From fields'))
      .map((row) => nameOf(row))
      .filter((name) => name !== ONE_DOMAIN),
  },
  {
    right: 'ours',
    why: 'section 5.3.1: what is no domain name has no author domain; that is an error, not silence',
    theirs: 'silent',
    rows: ['5.3.1: no domain name at all', '5.3.1: nothing but dots'],
  },
  {
    right: 'open',
    why: 'RFC 6376 section 8.2 warns of l=, RFC 9989 is silent; we let no such signature align, mailauth passes and warns',
    theirs: 'pass reject',
    rows: ['4.4.1: a signature that leaves part of the body open'],
  },
  {
    right: 'open',
    why: 'l= as above: what never aligns leaves nothing open either',
    theirs: 'temperror reject',
    rows: ['5.3.6: no answer for an identifier that leaves part unsigned'],
  },
  {
    right: 'open',
    why: 'our limits: neither document has any',
    theirs: 'fail reject',
    rows: ['4.8: a record longer than is read'],
  },
  {
    right: 'open',
    why: 'our limits: mailauth is given the mailboxes that were read and cannot know of more',
    theirs: 'pass reject',
    rows: ['11.5: more mailboxes than are read', '4.4: more header than is read'],
  },
];

for (const row of matrix)
  test(`mailauth 7.1.0 and RFC 9989 ${nameOf(row)}`, async () => {
    const { result, policy } = await judge(row, 'rfc9989');
    const ours = `${result} ${policy ?? '-'}`;
    const explained = differences.filter(({ rows }) => rows.includes(nameOf(row)));
    assert.equal(await mailauth(row), explained[0]?.theirs ?? ours);
    if (explained[0] !== undefined) assert.notEqual(ours, explained[0].theirs, 'this difference is gone: strike it');
  });

test('every difference names rows of the matrix, each once', () => {
  const names = matrix.map((row) => nameOf(row));
  const explained = differences.flatMap(({ rows }) => rows);
  assert.deepEqual(
    explained.filter((name) => !names.includes(name)),
    [],
  );
  assert.equal(new Set(explained).size, explained.length);
});
