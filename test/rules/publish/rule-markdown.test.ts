import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeRule, fenced, queryRule, type Rule, ruleMarkdown } from '../../../src/rules/index.ts';

const NOW = 638_881_776_000_000_000n;

const page = (given: Partial<Rule>): string =>
  ruleMarkdown(describeRule(queryRule('EmailEvents | take 1', 'a.kql', given), NOW));

/** The lines of a page outside of its code blocks, as a reader of Markdown (CommonMark 0.31, section 4.5) finds them. */
function outside(text: string): string[] {
  const lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence === undefined) {
      if (mark !== undefined) fence = mark;
      else lines.push(line);
    } else if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
  }
  assert.equal(fence, undefined, 'a code block is left open');
  return lines;
}

const headings = (text: string): string[] => outside(text).filter((line) => /^#{1,6} /.test(line));

describe('a rule as a page', () => {
  it('has what the rule says, under headings, and leaves out what it does not', () => {
    const text = page({
      name: 'Forged chiefs',
      kind: 'scheduled',
      severity: 'High',
      description: 'Two lines.\n\n- one\n- two',
      tactics: ['InitialAccess'],
      techniques: ['T1566.002'],
      schedule: { frequency: 3_600_000, period: 86_400_000, triggerOperator: 'gt', triggerThreshold: 3 },
      story: {
        hypothesis: 'Somebody writes as the chief.',
        falsePositives: [{ description: 'Assistants', watchlist: 'VIPs' }],
        response: [{ action: 'purge', when: 'it is forged', how: 'remove the mail' }],
        investigation: ['Who got it?\nEmailEvents\n| take 1', 'Who read it?'],
        references: ['https://attack.mitre.org/techniques/T1566/002/', 'javascript:alert(1)'],
      },
    });
    assert.deepEqual(headings(text), [
      '# Forged chiefs',
      '## Hypothesis',
      '## What it finds',
      '## Query',
      '## What it reads',
      '## What it returns',
      '## When it runs',
      '## Known false positives',
      '## Response',
      '## Investigation',
      '## References',
      '## Source',
      '## What it does not say',
    ]);
    assert.ok(text.includes('- **Techniques**: T1566.002 '));
    assert.ok(text.includes('every 1 h, over 1 d, fires at more than 3 rows'));
    assert.ok(text.includes('- Assistants: left out by the watchlist VIPs'));
    assert.ok(text.includes('1. Who got it?\n\n   ```kusto\n   EmailEvents\n   | take 1\n   ```'));
    assert.ok(text.includes('- <https://attack.mitre.org/techniques/T1566/002/>\n- javascript:alert(1)'));
    assert.ok(text.includes('\n\n- one\n- two'));
    assert.match(text, /## What it does not say\n\n- connectors\n$/);
  });

  const hostile = [
    '<script>alert(1)</script>',
    '](javascript:alert(1))',
    '![x](https://track.example/pixel.png)',
    '# A heading of its own',
    '```\nnever closed',
    '~~~\nnever closed',
    '- ```\nnever closed',
    'A\n===',
    'A\n---',
    '[x]: javascript:alert(1)\n[x]',
    '| a | b |\n| --- | --- |',
    '- # heading in a list',
    '`` ` ```',
  ];
  for (const text of hostile)
    it(`keeps its form whatever a rule says: ${JSON.stringify(text)}`, () => {
      const plain = page({ name: 'x', description: 'x', story: { hypothesis: 'x', severityReason: 'x' } });
      const shown = page({
        name: text,
        description: text,
        tactics: [text],
        tags: [text],
        version: text,
        story: {
          hypothesis: text,
          severityReason: text,
          tuning: [text],
          companions: [text],
          references: [text],
          falsePositives: [{ description: text, watchlist: text }],
          response: [{ action: 'purge', when: text, how: text }],
          investigation: [text],
          atomicTest: { scenario: text, steps: [text] },
        },
      });
      const lines = outside(shown).filter((line) => line.trim() !== '');
      assert.deepEqual(
        headings(shown)
          .slice(1)
          .filter((line) => headings(plain).includes(line)),
        headings(plain)
          .slice(1)
          .filter((line) => headings(shown).includes(line)),
      );
      const known = [
        ...['Hypothesis', 'What it finds', 'Query', 'Why this severity', 'What it reads', 'What it returns'],
        ...['Known false positives', 'Response', 'Investigation', 'Tuning', 'Try it', 'Companions', 'References'],
        ...['Source', 'What it does not say'],
      ];
      for (const heading of headings(shown).slice(1)) assert.ok(known.includes(heading.slice(3)), heading);
      for (const line of lines) {
        assert.doesNotMatch(line, /(?<!\\)<(?!https:\/\/)/, 'no HTML');
        assert.doesNotMatch(line, /(?<!\\)\]\(/, 'no link');
        assert.doesNotMatch(
          line,
          /^\s*(?:[-*+>]\s+|\d+\.\s+)*(?:===|---|\[x\]:|\| )/,
          'no heading, table or definition',
        );
      }
    });

  it('puts code into a fence that none of its lines ends', () => {
    for (const text of ['a', '```', '````\n```', `${'`'.repeat(50)}`, '~~~']) {
      const lines = fenced(text, 'kusto').split('\n');
      assert.equal(lines.slice(1, -1).join('\n'), text);
      assert.ok(!text.includes(lines.at(-1)!));
      assert.equal(lines[0], `${lines.at(-1)}kusto`);
    }
    const query = 'EmailEvents\n// ```\n// ````\n```\n# no heading\n| take 1';
    assert.ok(!headings(page({ name: 'x', query })).includes('# no heading'));
  });
});
