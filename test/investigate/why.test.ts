import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MessageFacts } from '../../src/evidence/index.ts';
import { whyOf } from '../../src/investigate/index.ts';
import { byPlatform, check, forgery, header, honest } from '../evidence/signals/made-evidence.ts';

const said = (more: Partial<MessageFacts> = {}): string => whyOf(forgery(more)).join('\n');
const checks = (...rows: readonly ReturnType<typeof check>[]): Partial<MessageFacts> => ({ checks: rows });
const dmarc = (result: string, more = {}) => check('DMARC', result, { domain: 'bank.example', ...more });

const combinations: readonly (readonly [name: string, message: Partial<MessageFacts>, ...patterns: RegExp[]])[] = [
  [
    'nothing passed',
    {},
    /^DMARC failed for bank\.example: neither SPF nor a signature passed for any domain\./,
    /bank\.example does not let 203\.0\.113\.66 send/,
    /no DKIM signature of bank\.example/,
    /p=reject/,
  ],
  [
    'another’s SPF',
    checks(
      check('SPF', 'pass', { domain: 'bounce.platform.example' }),
      check('DKIM', 'none'),
      dmarc('fail', { policy: 'reject' }),
    ),
    /what passed speaks for platform\.example, not for bank\.example/,
    /SPF passed for bounce\.platform\.example, which is not aligned with bank\.example/,
  ],
  [
    'another’s signature',
    checks(
      check('SPF', 'none', { domain: 'bank.example' }),
      check('DKIM', 'pass', { domain: 'platform.example' }),
      dmarc('fail'),
    ),
    /the signature of platform\.example verifies, which is not aligned/i,
    /There is no DKIM signature of bank\.example/,
    /publishes no SPF record/,
  ],
  [
    'strict alignment',
    checks(check('SPF', 'pass', { domain: 'old.bank.example' }), check('DKIM', 'none'), dmarc('fail')),
    /SPF passed for the organization, and the record asks for exactly bank\.example/,
  ],
  [
    'a broken signature',
    checks(
      check('SPF', 'fail', { domain: 'bank.example' }),
      check('DKIM', 'fail', { domain: 'bank.example', reason: 'body hash did not verify' }),
      dmarc('fail'),
    ),
    /signature of bank\.example does not verify: body hash did not verify/,
  ],
  [
    'a part of the body',
    checks(
      check('SPF', 'fail', { domain: 'bank.example' }),
      check('DKIM', 'pass', { domain: 'bank.example', details: { coversBody: false } }),
      dmarc('fail'),
    ),
    /the only signature that verifies covers a part of the body/,
  ],
  [
    'two authors',
    {
      ...checks(check('SPF', 'pass', { domain: 'throwaway.example' }), dmarc('fail')),
      headers: header({ authorDomains: ['throwaway.example', 'bank.example'] }),
    },
    /From names authors of throwaway\.example and bank\.example/,
  ],
  [
    'temporary',
    checks(
      check('SPF', 'temperror', { domain: 'bank.example', reason: 'SERVFAIL' }),
      check('DKIM', 'temperror', { domain: 'bank.example', reason: 'timeout' }),
      dmarc('temperror', { reason: 'timeout' }),
    ),
    /could not be decided, for a look-up failed for the moment: timeout; no policy was applied/,
    /SPF could not be looked up for bank\.example \(temporary\): SERVFAIL/,
    /key of bank\.example could not be looked up \(temporary\)/i,
  ],
  [
    'permanent',
    checks(
      check('SPF', 'permerror', { domain: 'bank.example', reason: 'too many look-ups' }),
      dmarc('permerror', { reason: 'two records' }),
    ),
    /cannot be read, for good: two records/,
    /SPF record of bank\.example is broken \(permanent\): too many look-ups/i,
  ],
  [
    'no record',
    checks(check('SPF', 'pass', { domain: 'throwaway.example' }), dmarc('none')),
    /has no DMARC record, and nothing that passed is bank\.example’s/,
  ],
  [
    'no record, aligned',
    checks(check('SPF', 'pass', { domain: 'bank.example' }), dmarc('none')),
    /has no DMARC record; SPF would have let it pass/,
  ],
  [
    'a trusted sealer',
    checks(
      dmarc('fail'),
      check('ARC', 'pass', { domain: 'lists.example' }),
      check('CompAuth', 'pass', { reasonCode: '130' }),
    ),
    /lists\.example, whom you trust, saw the message pass before/,
  ],
  [
    'an unknown sealer',
    checks(
      dmarc('fail'),
      check('ARC', 'pass', { domain: 'throwaway.example' }),
      check('CompAuth', 'fail', { reasonCode: '000' }),
    ),
    /sealed by throwaway\.example, on whose word nothing was passed/,
  ],
  [
    'a sealer whose key is out of reach',
    checks(
      dmarc('fail'),
      check('ARC', 'temperror', { domain: 'lists.example', reason: 'key query failed (servfail)' }),
      check('CompAuth', 'fail', { reasonCode: '000' }),
    ),
    /ARC chain could not be checked, for a look-up failed for the moment: key query failed \(servfail\)/,
  ],
  ['words alone', { checks: [], headers: undefined }, /^DMARC failed for bank\.example/, /tells result words alone/],
  [
    'nothing at all',
    { checks: [], words: { spf: '', dkim: '', dmarc: '', compAuth: '', action: '', reason: '' } },
    /nothing is known of any check/i,
  ],
];

for (const [name, message, ...patterns] of combinations)
  test(`why, in words: ${name}`, () => {
    for (const pattern of patterns) assert.match(said(message), pattern);
  });

test('a pass says by what', () => {
  assert.match(whyOf(honest()).join('\n'), /^DMARC passed for bank\.example by SPF and DKIM\./);
  assert.match(whyOf(byPlatform()).join('\n'), /what passed speaks for platform\.example/);
});

test('every combination of results gives sentences, and a failure never reads as a pass', () => {
  const spf = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror', 'strange'];
  const dkim = ['pass', 'fail', 'none', 'neutral', 'policy', 'temperror', 'permerror', 'timeout', 'strange'];
  const results = ['pass', 'bestguesspass', 'fail', 'none', 'temperror', 'permerror', 'strange'];
  for (const s of spf)
    for (const d of dkim)
      for (const r of results)
        for (const domain of ['bank.example', 'platform.example', '']) {
          const sentences = whyOf(forgery(checks(check('SPF', s, { domain }), check('DKIM', d, { domain }), dmarc(r))));
          assert.ok(sentences.length >= 1, `${s} ${d} ${r}`);
          for (const one of sentences) assert.match(one, /^\S.*\.$/);
          assert.equal(/^DMARC passed/.test(sentences[0]!), r === 'pass');
          const words = whyOf(
            forgery({ checks: [], words: { spf: s, dkim: d, dmarc: r, compAuth: '', action: '', reason: '' } }),
          );
          assert.equal(/^DMARC passed/.test(words[0]!), r === 'pass');
        }
});
