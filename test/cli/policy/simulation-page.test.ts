import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { replayHtml } from '../../../src/cli/policy/simulation-page.ts';
import { replayText } from '../../../src/cli/policy/simulation-text.ts';
import type { HeldGroup, Replay, Simulation } from '../../../src/policy/index.ts';

/** What a sender may write into a subject, an address or a domain, and what a policy may be called. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  '</style><style>*{display:none}',
  '</title><svg/onload=alert(1)>',
  '\u202egro.live\u2066\u001b[31m\u0000\ud800',
  '&lt;b&gt;',
].join(' ');

const look = (word: string, confidence = 0.9): NonNullable<HeldGroup['look']> => ({
  id: HOSTILE,
  word,
  confidence,
  summary: HOSTILE,
  reasons: [HOSTILE],
  steps: [HOSTILE],
  letter: {
    to: HOSTILE,
    subject: HOSTILE,
    body: `1. ${HOSTILE}`,
    record: { name: HOSTILE, type: 'TXT', value: HOSTILE },
  },
});

const group = (changes: Partial<HeldGroup>): HeldGroup => ({
  action: 'Reject',
  rule: HOSTILE,
  author: HOSTILE,
  authorDomains: [HOSTILE],
  carrier: HOSTILE,
  isCarrierProved: true,
  clients: [HOSTILE],
  hasMoreClients: false,
  isClientSure: true,
  sealer: HOSTILE,
  messages: 1234567,
  recipients: 2345678,
  delivered: 3456,
  first: '2026-07-01T00:00:00.000Z',
  last: '2026-07-18T00:00:00.000Z',
  examples: [HOSTILE, HOSTILE],
  passedBefore: 3,
  standing: 'list',
  ...changes,
});

const mend = { rule: HOSTILE, isSafe: true, exception: HOSTILE, setting: HOSTILE, words: HOSTILE };
const simulation: Simulation = {
  policy: HOSTILE,
  mode: 'Audit',
  from: '2026-07-01T00:00:00.0000000Z',
  until: '2026-07-18T00:00:00.0000000Z',
  messages: 9876543,
  rules: [
    {
      rule: HOSTILE,
      matched: 1234567,
      excepted: 1,
      unknown: 4321,
      asked: [{ test: HOSTILE, messages: 4321 }],
      exceptions: [0, 5678],
    },
  ],
  answers: [{ action: 'Reject', answer: `550 5.7.26 ${HOSTILE}`, messages: 1234567 }],
  groups: [
    group({ look: look('forwarder-or-list'), isInnocent: true, mend }),
    group({ look: look('misconfigured-sender'), earlier: look('spoof'), isInnocent: false, mend }),
    group({ look: look('spoof', 0.4), isInnocent: false }),
    group({ look: look('spoof'), isInnocent: false }),
    group({}),
  ],
  ungrouped: 1000,
  reread: 2000,
  partial: 3000,
};
const replay: Replay = {
  simulations: [simulation, simulation],
  comparison: {
    from: HOSTILE,
    to: HOSTILE,
    same: 1000000,
    differing: 2000,
    groups: [
      {
        from: `Reject 550 5.7.26 ${HOSTILE}`,
        to: 'Deliver',
        fromRule: HOSTILE,
        toRule: '',
        author: HOSTILE,
        carrier: HOSTILE,
        messages: 2000,
        examples: [HOSTILE],
      },
    ],
    ungrouped: 1000,
  },
};

describe('the report of a replay', () => {
  const page = replayHtml(replay);

  it('has every hostile text as a text', () => {
    // What is markup is the program's own: as much as with harmless texts.
    const tame = replayHtml(JSON.parse(JSON.stringify(replay).replaceAll(JSON.stringify(HOSTILE).slice(1, -1), 'x')));
    const tags = (html: string) =>
      (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/ aria-label="[^"]*"/, ' aria-label'));
    assert.deepEqual(tags(page), tags(tame));
    assert.ok(tags(page).length > 100);
    assert.doesNotMatch(page, /<script|<img|<svg|href=|[\u202e\u2066\u001b\0]/);
    assert.match(page, /&lt;script&gt;alert\(1\)/);
  });

  it('lets nothing load, run or leave', () =>
    assert.match(page, /http-equiv="Content-Security-Policy" content="default-src (?:'|&#39;)none/));

  it('writes numbers as people read them', () => {
    const shown = page
      .replace(/<style>[^<]*<\/style>/, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('TXT', '');
    assert.doesNotMatch(shown.replaceAll(/#\d+;|550 5\.7\.26|\d{4}-\d\d-\d\d/g, ''), /\d{4,}/);
    assert.match(shown, /1,234,567/);
  });

  it('tells innocent, unclear, forged and unseen mail apart, and says when an exception is right', () => {
    for (const words of [
      '1,234,567 held messages look innocent',
      '2,469,134 held messages unclear',
      '1,234,567 held messages look forged',
      '1,235,567 messages not looked at',
      'The newest, of 2026-07-18: Misconfigured sender, 90 % sure. The oldest, of 2026-07-01: Spoof, 90 % sure.',
      'Only if you find all of it honest.',
    ])
      assert.ok(page.includes(words), words);
  });

  it('does nothing to a terminal, and is as wide as it', () => {
    const text = replayText(replay, { isTerminal: false, width: 80 });
    assert.doesNotMatch(text, /[\u001b\u202e\u2066\0]/);
    assert.match(text, /Unclear: 2,469,134 messages, by sender domain/);
    assert.doesNotMatch(text, /\n\n\n/);
  });
});
