import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Means } from '../../../src/rules/prove/stage.ts';
import { openMeans, provedBy, ruleOf } from './stand.ts';

const failing = ruleOf(`EmailEvents
| where parse_json(AuthenticationDetails).DMARC == "fail"
| project Timestamp, NetworkMessageId, SenderFromDomain`);

describe('the proof of a rule', () => {
  let means: Means & AsyncDisposable;
  before(async () => {
    means = await openMeans();
  });
  after(() => means[Symbol.asyncDispose]());

  const verdict = async (yaml: string | undefined, rule = failing, options = {}) =>
    (await provedBy(rule, yaml, means, options)).verdict;

  it('is there with a test of each kind that hold on every variation', async () => {
    const proof = await provedBy(failing, 'fires: [spoof]\nquiet: [own, newsletter]', means);
    assert.equal(proof.verdict, 'proved');
    assert.deepEqual(
      proof.results.map(({ name, fires, runs }) => [name, fires, runs]),
      [
        ['spoof', true, 5],
        ['own', false, 5],
        ['newsletter', false, 5],
      ],
    );
  });

  it('lacks what no test says', async () => {
    for (const [yaml, missing] of [
      [undefined, ['fires', 'quiet']],
      ['fires: [spoof]', ['quiet']],
      ['quiet: [own]', ['fires']],
    ] as const) {
      const proof = await provedBy(failing, yaml, means);
      assert.deepEqual([proof.verdict, proof.missing], ['unproved', missing]);
    }
  });

  it('lacks a quiet test where the rule has no row to read in any: it would be quiet whatever it says', async () => {
    const nothing = (tables: string) => `fires: [spoof]\nrows: [{ name: q, fires: false, tables: ${tables} }]`;
    const hourly = ruleOf(failing.query, { kind: 'scheduled', schedule: { frequency: 3_600_000, period: 3_600_000 } });
    for (const [tables, rule, missing] of [
      ['{ EmailEvents: [] }', failing, ['quiet']],
      ['{ UrlClickEvents: [{ Url: "https://a.example/" }] }', failing, ['quiet']],
      ['{ EmailEvents: [{ Timestamp: -2h }] }', hourly, ['quiet']],
      ['{ EmailEvents: [{ Timestamp: -2h }] }', failing, []],
    ] as const) {
      const proof = await provedBy(rule, nothing(tables), means);
      assert.deepEqual([proof.verdict, proof.missing], [missing.length > 0 ? 'unproved' : 'proved', missing], tables);
      assert.equal(proof.results[1]!.isIdle, missing.length > 0);
    }
  });

  it('compares expected cells by the column: nothing unreadable, no long within a tolerance', async () => {
    const rule = ruleOf('EmailEvents | project T = datetime(null), N = 10000000000001, S = "5"');
    const expecting = (cells: string) =>
      `rows: [{ name: r, fires: true, tables: { EmailEvents: [{ Subject: x }] }, expect: [${cells}] }]`;
    for (const [cells, holds] of [
      ['{ T: null, N: 10000000000001, S: "5" }', true],
      ['{ T: soon }', false],
      ['{ N: 10000000000002 }', false],
      ['{ S: 5.0000000001 }', false],
    ] as const)
      assert.equal((await provedBy(rule, expecting(cells), means)).results[0]!.failure === undefined, holds, cells);
  });

  it('fails where the rule stays quiet, and says where the last row got lost', async () => {
    const [result] = (await provedBy(failing, 'fires: [own]', means)).results;
    const { kind, variation, now, count, hints } = result!.failure!;
    assert.deepEqual([kind, variation, now, count], ['silent', 0, '2026-07-15T12:00:00.000Z', 0]);
    assert.match(
      hints[0]!,
      /^where parse_json\(AuthenticationDetails\)\.DMARC == "fail" \(line 2, column 3\) leaves none of 1 row/,
    );
  });

  it('fails where the rule fires and should not, and shows the rows', async () => {
    const { verdict, results } = await provedBy(failing, 'fires: [spoof]\nquiet: [worded]', means);
    assert.equal(verdict, 'failing');
    const { kind, count, rows } = results[1]!.failure!;
    assert.deepEqual([kind, count], ['fired', 1]);
    assert.match(rows[0]!, /"worded-1-0-0","bank.example"\]$/);
  });

  it('unmasks a test that holds by luck, on its first other variation', async () => {
    const byWord = ruleOf('EmailEvents | where Subject == "Invoice" and AuthenticationDetails has "fail"');
    const yaml = 'fires: [worded]\nquiet: [own]';
    assert.equal(await verdict(yaml, byWord, { variations: 1 }), 'proved');
    const { results } = await provedBy(byWord, yaml, means);
    assert.equal(results[0]!.failure!.variation, 3);
    assert.equal(results[0]!.runs, 4);
  });

  it('unmasks a test that holds at noon alone', async () => {
    const daily = ruleOf('EmailEvents | summarize Mails = count() by bin(Timestamp, 1d) | where Mails >= 3');
    const yaml = 'fires: [{case: spoof, count: 3}]\nquiet: [own]';
    assert.equal(await verdict(yaml, daily, { variations: 1 }), 'proved');
    assert.equal(await verdict(yaml, daily), 'failing');
    assert.equal(
      await verdict('fires: [{case: spoof, count: 3, now: 2026-07-15T12:00Z}]\nquiet: [own]', daily),
      'proved',
    );
  });

  it('gives a refused query in the binder’s words and place', async () => {
    const { verdict, refusal, refusedAt, results } = await provedBy(
      ruleOf('EmailEvents\n| where Betreff == "x"'),
      'fires: [spoof]',
      means,
    );
    assert.deepEqual([verdict, results], ['refused', []]);
    assert.match(refusal!.message, /The name 'Betreff' does not refer to any known column/);
    assert.deepEqual(refusedAt, { line: 2, column: 9 });
  });

  it('refuses a query with two results', async () => {
    const { refusal } = await provedBy(ruleOf('print 1; print 2'), 'fires: [spoof]', means);
    assert.equal((refusal as { code?: string }).code, 'RULE0021');
  });

  it('fires by the trigger of a scheduled rule', async () => {
    const more = (triggerOperator: 'gt' | 'lt', triggerThreshold: number) =>
      ruleOf(failing.query, { kind: 'scheduled', schedule: { triggerOperator, triggerThreshold } });
    const yaml = 'fires: [{case: spoof, count: 3}]\nquiet: [{case: spoof, count: 2}]';
    assert.equal(await verdict(yaml, more('gt', 2)), 'proved');
    assert.equal(await verdict(yaml, more('gt', 1)), 'failing');
    assert.equal(await verdict('fires: [own]\nquiet: [spoof]', more('lt', 1)), 'proved');
    assert.equal(await verdict('fires: [{case: spoof, count: 3}]\nquiet: [own]'), 'proved');
  });

  it('hides from a scheduled rule what lies before its period', async () => {
    const hourly = ruleOf(failing.query, { kind: 'scheduled', schedule: { period: 3_600_000 } });
    assert.equal(
      await verdict('fires: [{case: spoof, ago: 59m}]\nquiet: [{cases: [{case: spoof, ago: 61m}, own]}]', hourly),
      'proved',
    );
    const { results } = await provedBy(hourly, 'fires: [{case: spoof, ago: 61m}]', means);
    assert.equal(results[0]!.failure!.hints[0], '1 row is older than what the rule looks back at when it runs');
  });

  it('takes Defender’s look-back where the rule says only how often it runs', async () => {
    const hourly = ruleOf(failing.query, { kind: 'scheduled', format: 'defender', schedule: { frequency: 3_600_000 } });
    assert.equal(
      await verdict('fires: [{case: spoof, ago: 239m}]\nquiet: [{cases: [{case: spoof, ago: 241m}, own]}]', hourly),
      'proved',
    );
  });

  it('puts several cases and their background into one store', async () => {
    const both = ruleOf(
      'EmailEvents | summarize dcount(SenderFromDomain), count() | where dcount_SenderFromDomain == 2',
    );
    assert.equal(
      await verdict('fires: [{cases: [spoof, newsletter]}]\nquiet: [{cases: [spoof, own]}]', both),
      'proved',
    );
    assert.equal(await verdict('fires: [spoof]\nquiet: [newsletter]\nbackground: [newsletter]', both), 'proved');
  });

  it('sees rows in line, times told from now, and compares the rows that are expected', async () => {
    const row = (cells: string) => `{ EmailEvents: [{ AuthenticationDetails: '{"DMARC":"fail"}', ${cells} }] }`;
    const yaml = (expect: string) =>
      `rows:\n- name: one\n  fires: true\n  tables: ${row('Timestamp: -2h, SenderFromDomain: a.example')}\n  expect: ${expect}\nquiet: [own]`;
    assert.equal(await verdict(yaml('[{ SenderFromDomain: a.example, Timestamp: -2h }]')), 'proved');
    assert.equal(await verdict(yaml('[{ Timestamp: -3h }]')), 'failing');
    assert.equal(await verdict(yaml('[{ SenderFromDomain: b.example }]')), 'failing');
    assert.equal(await verdict(yaml('[{}, {}]')), 'failing');
    const { results } = await provedBy(failing, yaml('[{ Sender: x }]'), means);
    assert.match(results[1]!.failure!.message, /expects a column Sender, which the result has not/);
  });

  it('lends watchlists and parameters', async () => {
    const listed = ruleOf(
      `declare query_parameters(verdict:string = "none");
      EmailEvents
      | where AuthenticationDetails has verdict
      | where SenderFromDomain in ((_GetWatchlist("Domains") | project SearchKey))`,
    );
    const yaml = 'fires: [spoof]\nquiet: [newsletter]\nparameters: { verdict: fail }';
    assert.equal(await verdict(`${yaml}\nlists: { Domains: [bank.example] }`, listed), 'proved');
    assert.equal(await verdict(`${yaml}\nlists: { Domains: [club.example] }`, listed), 'failing');
    const { results } = await provedBy(listed, yaml, means);
    assert.match(results[0]!.failure!.hints.join('\n'), /no watchlist "Domains"/);
  });

  it('compiles a query whose columns depend on data for each test', async () => {
    const unpacked = ruleOf(
      'EmailEvents | project d = parse_json(AuthenticationDetails) | evaluate bag_unpack(d) | where DMARC == "fail"',
    );
    assert.equal(await verdict('fires: [spoof]\nquiet: [own]', unpacked), 'proved');
  });

  it('reports an error of one test as its failure, and plays the others', async () => {
    const unpacked = ruleOf(
      'EmailEvents | project d = parse_json(AuthenticationDetails) | evaluate bag_unpack(d) | where DMARC == "fail"',
    );
    const without = `rows: [{name: none, fires: false, tables: {EmailEvents: [{AuthenticationDetails: '{"SPF":"fail"}'}]}}]`;
    const { verdict, results } = await provedBy(unpacked, `fires: [spoof]\n${without}`, means);
    assert.equal(verdict, 'failing');
    assert.deepEqual(
      results.map(({ failure }) => failure?.kind),
      [undefined, 'error'],
    );
    assert.match(results[1]!.failure!.message, /DMARC/);
  });

  it('ends with Ctrl-C', async () => {
    const stop = new AbortController();
    await using stopped = await openMeans(stop.signal);
    const progress = () => stop.abort(new Error('enough'));
    await assert.rejects(provedBy(failing, 'fires: [spoof]', stopped, { progress }));
  });
});
