import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runLints } from '../../../src/rules/lint/run-lints.ts';
import { suppressionsOf } from '../../../src/rules/lint/suppression.ts';
import { inTime } from '../../in-time.ts';
import { now, queryRule, wordLint } from './rules.ts';

const lints = [wordLint('MH203', 'Bad'), wordLint('MH204', 'Worse')];

async function run(query: string, config?: Parameters<typeof runLints>[2]['config']) {
  const options = config === undefined ? { now } : { now, config };
  const { findings, suppressed } = await runLints([queryRule(query, 'a.kql', { id: 'A1' })], lints, options);
  const known = suppressed.map(({ lint, known: why }) => [lint.id, why?.by, why?.reason]);
  return { found: findings.map(({ lint, place }) => `${lint.id}@${place.line}`), known };
}

describe('a suppression in a comment', () => {
  it('behind code is about its line', async () => {
    const { found, known } = await run('Bad // mailhunt-ignore MH203: it is wanted\nBad');
    assert.deepEqual(found, ['MH203@2']);
    assert.deepEqual(known, [['MH203', 'comment', 'it is wanted']]);
  });

  it('alone on a line is about the next line with code', async () => {
    const query = '// mailhunt-ignore MH203: it is wanted\n\n// another comment\nBad\nBad';
    assert.deepEqual((await run(query)).found, ['MH203@5']);
  });

  it('for the whole rule is about all of it, wherever it stands', async () => {
    assert.deepEqual((await run('Bad\n| Worse\n| Bad\n// mailhunt-ignore-rule mh203, MH204: wanted')).found, []);
  });

  it('names several lints', async () => {
    assert.deepEqual((await run('Bad Worse // mailhunt-ignore MH203 MH204: both')).found, []);
  });

  it('without a reason suppresses nothing and is a finding', async () => {
    assert.deepEqual((await run('Bad // mailhunt-ignore MH203')).found, ['MH203@1', 'MH491@1']);
    assert.deepEqual((await run('Bad // mailhunt-ignore MH203:  ')).found, ['MH203@1', 'MH491@1']);
  });

  it('of no lint is a finding', async () => {
    assert.deepEqual((await run('Bad // mailhunt-ignore MH999: a slip')).found, ['MH203@1', 'MH492@1']);
    assert.deepEqual((await run('T // mailhunt-ignore : all')).found, ['MH492@1']);
  });

  it('that suppresses nothing is a note', async () => {
    assert.deepEqual((await run('Bad // mailhunt-ignore MH204: not here')).found, ['MH203@1', 'MH493@1']);
  });

  it('in a string is none', async () => {
    const query = 'print "// mailhunt-ignore-rule MH203: no comment", Bad, @"a\\", h\'//\'';
    assert.deepEqual(suppressionsOf(query), []);
    assert.deepEqual((await run(query)).found, ['MH203@1']);
    assert.deepEqual(suppressionsOf('print ```\n// mailhunt-ignore MH203: x\n```'), []);
  });

  it('is read in a time that grows with the text', async () => {
    const hostile = '// mailhunt-ignore MH203 '.repeat(20_000);
    await inTime(5000, () => {
      suppressionsOf(hostile);
      suppressionsOf(`// mailhunt-ignore MH203: x\n${'"'.repeat(100_001)}`);
      suppressionsOf('// mailhunt-ignore MH203: x\n'.repeat(5000));
    });
  });
});

describe('an entry of the settings', () => {
  it('names a rule by id, name or path', async () => {
    for (const rule of ['a1', 'a.kql']) {
      const config = { severities: {}, ignore: [{ rule, lint: 'MH203', reason: 'known since May' }] };
      const { found, known } = await run('Bad Worse', config);
      assert.deepEqual(found, ['MH204@1']);
      assert.deepEqual(known, [['MH203', 'settings', 'known since May']]);
    }
  });

  it('is about no other rule', async () => {
    const config = { severities: {}, ignore: [{ rule: 'b.kql', lint: 'MH203', reason: 'known' }] };
    assert.deepEqual((await run('Bad', config)).found, ['MH203@1']);
  });
});
