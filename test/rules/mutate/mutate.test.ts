import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readText } from '../../../src/kql/index.ts';
import { mutate } from '../../../src/rules/mutate/mutate.ts';
import { mutated } from '../../../src/rules/mutate/mutation.ts';
import { mutationsOf } from '../../../src/rules/mutate/mutations.ts';
import type { Means } from '../../../src/rules/prove/stage.ts';
import { openMeans, ruleOf, testsOf } from '../prove/stand.ts';

describe('mutation of a rule', () => {
  let means: Means & AsyncDisposable;
  before(async () => {
    means = await openMeans();
  });
  after(() => means[Symbol.asyncDispose]());

  /** Every change of a query as the text that it leaves. */
  const texts = (query: string): string[] => {
    const { root } = readText(query, { catalog: means.bench.catalog, now: 0n });
    return mutationsOf(root).map((mutation) => mutated(query, mutation));
  };

  /** What no test notices: `line:column kind before>after`. */
  const survivors = async (query: string, yaml: string): Promise<string[]> => {
    const found = await mutate(ruleOf(query), testsOf(yaml), means, { seed: 1 });
    return found.survivors.map(
      ({ place, kind, before, after }) => `${place.line}:${place.column} ${kind} ${before}>${after}`,
    );
  };

  it('makes every small change of a condition, each once', () => {
    assert.deepEqual(texts('EmailEvents | where Subject has "x" and UrlCount > 3').toSorted(), [
      'EmailEvents',
      'EmailEvents | where ((Subject has "x") or (UrlCount > 3))',
      'EmailEvents | where Subject !has "x" and UrlCount > 3',
      'EmailEvents | where Subject contains "x" and UrlCount > 3',
      'EmailEvents | where Subject has "x"',
      'EmailEvents | where Subject has "x" and UrlCount < 3',
      'EmailEvents | where Subject has "x" and UrlCount > 2',
      'EmailEvents | where Subject has "x" and UrlCount > 4',
      'EmailEvents | where Subject has "x" and UrlCount >= 3',
      'EmailEvents | where Subject has "x~" and UrlCount > 3',
      'EmailEvents | where UrlCount > 3',
    ]);
  });

  it('drops members of lists, one at a time, wherever the list stands', () => {
    const dropped = (query: string) => texts(query).filter((text) => !/!in|where in|~|EmailEvents$/.test(text));
    assert.deepEqual(dropped('EmailEvents | where Subject in ("a", "b", "c")').toSorted(), [
      'EmailEvents | where Subject in ("a", "b")',
      'EmailEvents | where Subject in ("a", "c")',
      'EmailEvents | where Subject in ("b", "c")',
    ]);
    const listed = texts('let L = dynamic(["a", "b"]); EmailEvents | where Subject has_any (L)');
    assert.ok(listed.includes('let L = dynamic(["a"]); EmailEvents | where Subject has_any (L)'));
    assert.ok(listed.includes('let L = dynamic(["b"]); EmailEvents | where Subject has_any (L)'));
  });

  it('turns predicates round that have no opposite operator', () => {
    assert.ok(texts('EmailEvents | where isempty(Subject)').includes('EmailEvents | where not(isempty(Subject))'));
    assert.ok(texts('EmailEvents | where not(Subject has "a")').includes('EmailEvents | where Subject has "a"'));
    assert.ok(
      texts('EmailEvents | where Subject matches regex "a"').includes(
        'EmailEvents | where not(Subject matches regex "a")',
      ),
    );
  });

  it('keeps what stands beside an and that becomes an or', () => {
    assert.ok(
      texts('EmailEvents | where UrlCount > 1 or UrlCount < 9 and Subject != ""').includes(
        'EmailEvents | where UrlCount > 1 or ((UrlCount < 9) or (Subject != ""))',
      ),
    );
  });

  it('changes the kind of a join, said or not', () => {
    const join = (kind: string) => `EmailEvents | join ${kind}EmailUrlInfo on NetworkMessageId`;
    assert.deepEqual(texts(join('')), [join('kind=inner '), join('kind=leftanti ')]);
    assert.deepEqual(texts(join('kind=leftsemi ')), [join('kind=leftanti ')]);
  });

  it('leaves alone what only labels rows', () => {
    assert.deepEqual(texts('EmailEvents | extend Why = "forged", Weight = 3 | project Why, Weight'), []);
  });

  it('names the changes that no test notices, and no other', async () => {
    const query = `EmailEvents
| where EmailDirection == "Inbound"
| where AuthenticationDetails has "fail"`;
    assert.deepEqual(await survivors(query, 'fires: [spoof]\nquiet: [own]'), [
      '2:3 where where EmailDirection == "Inbound">',
      '3:31 operator has>contains',
    ]);
    const outbound = `
rows:
- { name: out, fires: false, tables: { EmailEvents: [{ EmailDirection: Outbound, AuthenticationDetails: '{"DMARC":"fail"}' }] } }
- { name: word, fires: false, tables: { EmailEvents: [{ EmailDirection: Inbound, AuthenticationDetails: failing }] } }`;
    assert.deepEqual(await survivors(query, `fires: [spoof]\nquiet: [own]${outbound}`), []);
  });

  it('leaves out what becomes the same statement, and what does not compile, and counts it', async () => {
    const yaml = 'fires: [spoof]\nquiet: [newsletter]';
    const twice = 'EmailEvents | where Subject == "Invoice" | where Subject == "Invoice"';
    const same = await mutate(ruleOf(twice), testsOf(yaml), means, { seed: 1 });
    // Without the one or without the other.
    assert.equal(same.equal, 1);
    const filler = 'EmailEvents | where Subject == "Invoice" | project Subject | top 1 by Subject';
    const whole = await mutate(ruleOf(filler), testsOf(yaml), means, { seed: 1 });
    assert.deepEqual([whole.broken, whole.equal], [0, 0]);
    const bounded = 'EmailEvents | where Subject == "Invoice" | take 1000000000000000000';
    assert.ok((await mutate(ruleOf(bounded), testsOf(yaml), means, { seed: 1 })).tried > 0);
  });

  it('tries no more than it may, and says how many it left', async () => {
    const query = 'EmailEvents | where AuthenticationDetails has "fail" and Subject != "" and EmailDirection != ""';
    const all = await mutate(ruleOf(query), testsOf('fires: [spoof]\nquiet: [own]'), means, { seed: 1 });
    const some = await mutate(ruleOf(query), testsOf('fires: [spoof]\nquiet: [own]'), means, { seed: 1, mutants: 5 });
    assert.equal(all.cut, 0);
    assert.equal(some.tried + some.equal + some.broken, 5);
    assert.equal(some.cut, all.tried + all.equal + all.broken - 5);
    const late = await mutate(ruleOf(query), testsOf('fires: [spoof]\nquiet: [own]'), means, { seed: 1, seconds: 0 });
    assert.deepEqual([late.tried, late.score, late.survivors], [0, undefined, []]);
    assert.ok(late.cut > 5);
  });
});
