import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describeRule, queryRule, type Rule, watchlistsIn } from '../../../src/rules/index.ts';

const NOW = 638_881_776_000_000_000n;
const described = (query: string, given: Partial<Rule> = {}) => describeRule(queryRule(query, 'a.kql', given), NOW);

describe('what is known of a rule', () => {
  it('is worked out from its query: tables with connectors, columns, watchlists', () => {
    const connectors = [{ connectorId: 'MicrosoftThreatProtection', dataTypes: ['EmailEvents'] }];
    const query = [
      '// UrlClickEvents and _GetWatchlist("Commented") stand in a comment',
      "let Known = _GetWatchlist('Known') | project SearchKey;",
      'EmailEvents',
      '| where SenderFromDomain !in (Known) and Subject != "EmailPostDeliveryEvents"',
      '| join kind=inner EmailUrlInfo on NetworkMessageId',
      '| summarize Mails = count() by SenderFromDomain',
    ].join('\n');
    const { tables, columns, watchlists } = described(query, { connectors });
    assert.deepEqual(tables, [
      { name: 'EmailEvents', connector: 'MicrosoftThreatProtection' },
      { name: 'EmailUrlInfo', connector: '' },
    ]);
    assert.deepEqual(columns, [
      { name: 'SenderFromDomain', type: 'string' },
      { name: 'Mails', type: 'long' },
    ]);
    assert.deepEqual(watchlists, ['Known']);
  });

  it('has no columns where the query does not compile, and the rest all the same', () => {
    const { tables, columns, watchlists } = described(
      'EmailEvents | where Betreff == "" and x in (_GetWatchlist("A"))',
    );
    assert.deepEqual([tables.length, columns, watchlists], [1, [], ['A']]);
    assert.deepEqual(watchlistsIn(`_GetWatchlist ( 'A' ) | union (_getwatchlist("B")), (_GetWatchlist('A'))`), [
      'A',
      'B',
    ]);
  });

  it('names techniques as ATT&CK does, and none that it does not have', () => {
    const { techniques } = described('EmailEvents', { techniques: ['T1566.002', 'T9999'] });
    assert.deepEqual(techniques, [
      { id: 'T1566.002', name: 'Spearphishing Link' },
      { id: 'T9999', name: '' },
    ]);
  });

  it('says what the rule leaves unsaid, and only that', () => {
    assert.deepEqual(described('EmailEvents', { kind: 'hunting' }).missing, [
      'a description',
      'tactics',
      'techniques',
      'connectors',
      'a hypothesis',
      'known false positives',
      'a response',
      'references',
    ]);
    assert.ok(described('EmailEvents', { kind: 'scheduled' }).missing.includes('a severity'));
    const full = described('EmailEvents', {
      kind: 'scheduled',
      severity: 'Low',
      description: 'It finds.',
      tactics: ['InitialAccess'],
      techniques: ['T1566'],
      connectors: [{ connectorId: 'A', dataTypes: ['EmailEvents'] }],
      story: {
        hypothesis: 'h',
        falsePositives: [{ description: 'f' }],
        response: [{ action: 'notify', when: 'w', how: 'h' }],
        references: ['https://example.com/'],
      },
    });
    assert.deepEqual(full.missing, []);
  });

  it('leads to the source, whatever the path is called', () => {
    const repository = 'https://github.com/contoso/hunts';
    const of = (provenance: Rule['provenance']) => described('EmailEvents', { provenance }).source;
    assert.equal(of({ path: 'a.kql' }), undefined);
    assert.equal(
      of({ path: 'my hunts/a#b?.kql', repository, commit: 'a'.repeat(40) }),
      `${repository}/blob/${'a'.repeat(40)}/my%20hunts/a%23b%3F.kql`,
    );
    assert.equal(of({ path: 'a.kql', repository }), `${repository}/blob/HEAD/a.kql`);
    assert.equal(of({ path: 'a.kql', repository: 'https://git.example/x' }), 'https://git.example/x');
  });
});
