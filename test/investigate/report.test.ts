import assert from 'node:assert/strict';
import { test } from 'node:test';
import { investigationText } from '../../src/cli/investigate-report.ts';
import { sectionLines } from '../../src/cli/investigate-section.ts';
import { widthOf } from '../../src/cli/width.ts';
import type { Evidence } from '../../src/evidence/index.ts';
import {
  type Investigation,
  letterOf,
  reportHtml,
  reportMarkdown,
  reportSections,
  timelineOf,
  verdictOf,
  whyOf,
} from '../../src/investigate/index.ts';
import { markdownText } from '../../src/investigate/report/report-markdown.ts';
import { factsOf } from '../../src/investigate/report/sections.ts';
import { spanWords } from '../../src/investigate/timeline.ts';
import { forgery, header } from '../evidence/signals/made-evidence.ts';

const investigated = (evidence: Evidence): Investigation => {
  const verdict = verdictOf(evidence);
  return {
    asOf: '2026-07-18T16:00:00.000Z',
    evidence,
    verdict,
    why: whyOf(evidence),
    timeline: timelineOf(evidence),
    nextSteps: [
      { name: 'purge', words: evidence.message.subject, query: `print "${'x'}"`, text: evidence.message.subject },
    ],
    letter: letterOf(evidence, 'misconfigured-sender'),
  };
};

const evil =
  '"><img src=x onerror=alert(1)><script>alert(2)</script>[a](javascript:alert(3)) https://evil.example www.evil.example `code` | cell \u202e\u0000\n# head\n```\nfence';

const hostile = forgery(
  {
    subject: evil,
    senderDisplayName: evil,
    senderFromAddress: evil,
    internetMessageId: evil,
    senderIp: evil,
    urls: [{ url: evil, domain: evil, location: evil }],
    attachments: [{ fileName: evil, fileType: evil, sha256: evil, size: 1, threatTypes: evil }],
    headers: header({ replyTo: evil, hops: [{}, { by: evil, helo: evil, at: 1784383080000 }] }),
    postDelivery: [
      {
        at: '2026-07-18T15:00:00Z',
        recipient: evil,
        action: evil,
        actionType: evil,
        actionTrigger: '',
        actionResult: evil,
        deliveryLocation: evil,
      },
    ],
  },
  {
    clicks: [
      {
        at: '2026-07-18T14:05:00Z',
        account: evil,
        url: evil,
        actionType: evil,
        isClickedThrough: true,
        ipAddress: '',
        workload: '',
        secondsAfterDelivery: 3700,
      },
    ],
    language: [{ theme: 'payment', language: 'en', where: 'subject', words: evil }],
    gaps: [{ about: 'clicks', lacks: evil, words: evil }],
  },
);

test('the HTML report runs nothing, loads nothing and leads nowhere, whatever the message holds', () => {
  const page = reportHtml(investigated(hostile));
  assert.ok(page.includes('content="default-src &#39;none&#39;; style-src &#39;sha256-'), 'a policy');
  const tags = [...page.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, name]) => name!.toLowerCase());
  for (const tag of ['script', 'img', 'a', 'iframe', 'form', 'link', 'object', 'base'])
    assert.ok(!tags.includes(tag), tag);
  const bad = [...page.matchAll(/<[a-z][^>]*>/gi)].filter(([tag]) => /\s(?:on\w+|style|href|src)=/i.test(tag));
  assert.deepEqual(bad, []);
  assert.ok(![...page].some((char) => char === '\u0000' || char === '\u202e'));
  assert.ok(page.includes('&lt;script&gt;alert(2)'), 'the text itself is shown');
});

test('Markdown: no markup, no link and no fence of the message', () => {
  const lines = reportMarkdown(investigated(hostile)).split('\n');
  const outside: string[] = [];
  let fence = '';
  for (const line of lines) {
    const ticks = /^ *(`{3,})/.exec(line)?.[1] ?? '';
    if (fence === '' && ticks !== '') fence = ticks;
    else if (fence !== '' && ticks === fence) fence = '';
    else if (fence === '') outside.push(line);
  }
  assert.equal(fence, '', 'every fence ends');
  for (const line of outside) assert.doesNotMatch(line, /(?<!\\)<(?:img|script)|(?<!\\)\]\(|https:\/\/evil|^# head/);
  assert.equal(markdownText('[click](https://x.example)'), '\\[click\\](https\\://x.example)');
  assert.equal(markdownText('1. one'), '1\\. one');
  assert.equal(markdownText('203.0.113.9'), '203.0.113.9');
  assert.equal(markdownText('- one'), '\\- one');
});

test('a terminal gets nothing that it would act upon', () => {
  const text = investigationText(investigated(hostile), { isTerminal: false, width: 80 });
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  assert.match(text, /What to do/);
});

test('the timeline holds everything with a time, oldest first', () => {
  const kinds = timelineOf(hostile).map(({ kind }) => kind);
  assert.deepEqual(kinds, ['hop', 'received', 'judged', 'delivered', 'click', 'post-delivery']);
  const broken = timelineOf(
    forgery({ headers: header({ hops: [{}, { at: Number.NaN }, { at: 1e300 }, { at: 'x' }] }) }),
  );
  assert.ok(broken.every(({ at }) => Number.isFinite(Date.parse(at))));
});

test('spans in words', () => {
  assert.equal(spanWords(0), 'at once');
  assert.equal(spanWords(59), '59 s');
  assert.equal(spanWords(3600), '1 h');
  assert.equal(spanWords(3700), '1 h 1 min');
  assert.equal(spanWords(90_061), '1 d 1 h');
});

/** Earlier mail of the domain, how much of it is of the campaign, and what the report says. */
const sightings: readonly [earlier: number, kin: number, words: string][] = [
  [0, 0, 'with this message'],
  [1, 0, '2026-07-01 08:00:00 UTC, 1 earlier message'],
  [1, 1, '2026-07-01 08:00:00 UTC, 1 earlier message, of this campaign'],
  [38, 38, '2026-07-01 08:00:00 UTC, 38 earlier messages, all of this campaign'],
  [40, 38, '2026-07-01 08:00:00 UTC, 40 earlier messages, 38 of them of this campaign'],
];

for (const [messages, kin, words] of sightings)
  test(`the campaign’s own mail makes no domain known: ${words}`, () => {
    const plain = forgery();
    const { senderFromAddress } = plain.message;
    const members = Array.from({ length: kin }, (_, i) => ({
      networkMessageId: String(i),
      at: '2026-07-01T08:00:00Z',
      senderFromAddress,
      subject: '',
      recipients: 1,
      deliveryAction: 'Delivered',
      dmarc: 'fail',
      kinships: ['sender' as const],
    }));
    const later = members.slice(0, 1).map((one) => ({ ...one, at: '2026-07-30T08:00:00Z' }));
    const domain = {
      ...plain.history.domain,
      messages,
      first: messages === 0 ? undefined : '2026-07-01T08:00:00.000Z',
    };
    const evidence = {
      ...plain,
      history: { ...plain.history, domain },
      campaign: { ...plain.campaign, members: [...members, ...later] },
    };
    assert.deepEqual(
      factsOf(investigated(evidence)).facts.find(([name]) => name === 'Domain first seen'),
      ['Domain first seen', words],
    );
  });

test('no line of a section is wider than the terminal, and in those that are read nothing is cut', () => {
  const { story, facts } = reportSections(investigated(hostile));
  for (const section of [facts, ...story])
    for (const width of [60, 80, 100])
      for (const line of sectionLines(section, width)) assert.ok(widthOf(line) <= width, `${section.title}: ${line}`);
  const links = story.find(({ title }) => title === 'Links')!;
  assert.ok(!sectionLines(links, 60).join('').includes('…'));
});
