import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { ingest, rejectsFolder } from '../../src/ingest/index.ts';
import { exportsFolder, take, takeText } from './exports.ts';
import { MemoryStore } from './memory-store.ts';

const object = (n: number) => `{"NetworkMessageId":"m${n}","RecipientEmailAddress":"r","Subject":"s"}`;
const header = 'NetworkMessageId,RecipientEmailAddress,Subject';
const kept = ['m1', 'm2', 'm3'];

interface Bad {
  readonly file: string;
  readonly content: string | Uint8Array;
  /** Line and reason of each line set aside. */
  readonly aside: readonly (readonly [line: number, reason: RegExp])[];
}

const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** Each holds the rows m1, m2 and m3, and something broken. */
const bad: Readonly<Record<string, Bad>> = {
  'a broken JSON line': {
    file: 'EmailEvents.jsonl',
    content: `${object(1)}\n{"NetworkMessageId":"m9",\n${object(2)}\n${object(3)}\n`,
    aside: [[2, /^not JSON: /]],
  },
  'a first line that is broken': {
    file: 'EmailEvents.json',
    content: `{"NetworkMessageId":"m9\n${object(1)}\n${object(2)}\n${object(3)}\n`,
    aside: [[1, /^not JSON: /]],
  },
  'lines that are JSON but no objects': {
    file: 'EmailEvents.jsonl',
    content: `${object(1)}\n5\n"x"\nnull\n${object(2)}\n${object(3)}\n`,
    aside: [
      [2, /^not a JSON object$/],
      [3, /^not a JSON object$/],
      [4, /^not a JSON object$/],
    ],
  },
  'a JSON line that is not UTF-8': {
    file: 'EmailEvents.jsonl',
    content: latin1(`${object(1)}\n${object(9).replace('"s"', '"M\u00fcller"')}\n${object(2)}\n${object(3)}\n`),
    aside: [[2, /^not valid UTF-8$/]],
  },
  'a JSON line with NUL': {
    file: 'EmailEvents.jsonl',
    content: `${object(1)}\n${object(9)}\0\n${object(2)}\n${object(3)}\n`,
    aside: [[2, /^a NUL byte$/]],
  },
  'CSV with too few and too many cells': {
    file: 'EmailEvents.csv',
    content: `${header}\nm1,r,s\nm8,r\nm2,r,s\nm9,r,s,t\nm3,r,s\n`,
    aside: [
      [3, /^2 cells where 3 are expected$/],
      [5, /^4 cells where 3 are expected$/],
    ],
  },
  'a CSV quote that is never closed': {
    file: 'EmailEvents.csv',
    content: `${header}\nm1,r,s\nm9,r,"s\nm2,r,s\nm3,r,s\n`,
    aside: [[3, /^a quote that is not closed$/]],
  },
  'a CSV quote that another row closes': {
    file: 'EmailEvents.csv',
    content: `${header}\nm1,r,s\nm9,"r,s\nm2,r,"a, b"\nm3,r,s\n`,
    aside: [[3, /^text after a closing quote$/]],
  },
  'a CSV quote that another row closes at a comma': {
    file: 'EmailEvents.csv',
    content: `${header}\nm1,r,s\nm9,"r,s\nm2,"r",s\nm3,r,s\n`,
    aside: [[3, /^text after a closing quote$/]],
  },
  'CSV that is not UTF-8, inside a record of two lines': {
    file: 'EmailEvents.csv',
    content: latin1(`${header}\nm1,r,s\nm9,r,"a\nM\u00fcller"\nm2,r,s\nm3,r,s\n`),
    aside: [
      [4, /^not valid UTF-8$/],
      [3, /^a quote that is not closed$/],
    ],
  },
  'a CSV line with NUL': {
    file: 'EmailEvents.csv',
    content: `${header}\nm1,r,s\nm9,\0,s\nm2,r,s\nm3,r,s\n`,
    aside: [[3, /^a NUL byte$/]],
  },
  'an array with a broken element': {
    file: 'EmailEvents.json',
    content: `[\n  ${object(1)},\n  {"NetworkMessageId": m9},\n  ${object(2)},\n  ${object(3)}\n]\n`,
    aside: [[3, /^not JSON: /]],
  },
  'an array with a lost quote': {
    file: 'EmailEvents.json',
    content: `[\n  ${object(1)},\n  {"NetworkMessageId":"m9},\n  ${object(2)},\n  ${object(3)}\n]\n`,
    aside: [[3, /^not JSON$/]],
  },
  'an array that breaks off': {
    file: 'EmailEvents.json',
    content: `[${object(1)},\n${object(2)},\n${object(3)},\n{"NetworkMessageId":"m9`,
    aside: [[4, /^the document breaks off$/]],
  },
  'an answer with a row of too few cells': {
    file: 'EmailEvents.json',
    content: JSON.stringify({
      tables: [
        {
          columns: header.split(',').map((name) => ({ name })),
          rows: [['m1', 'r', 's'], ['m9'], ['m2', 'r', 's'], ['m3', 'r', 's']],
        },
      ],
    }),
    aside: [[1, /^1 cells where 3 are expected$/]],
  },
};

for (const [name, { file, content, aside: expected }] of Object.entries(bad)) {
  test(`${name}: set aside, the rest comes in`, async (t) => {
    const { store, aside, failures, rejectedCount } = await takeText(t, file, content);
    assert.deepEqual(failures, []);
    assert.deepEqual(
      store.rows('EmailEvents').map(({ NetworkMessageId }) => NetworkMessageId),
      kept,
    );
    assert.deepEqual(
      aside.map(({ line }) => line),
      expected.map(([line]) => line),
    );
    for (const [at, [, reason]] of expected.entries()) assert.match(aside[at]!.reason, reason);
    assert.equal(rejectedCount, expected.length);
  });
}

for (const name of ['EmailEvents.jsonl', 'EmailEvents.csv', 'EmailEvents.json']) {
  test(`a line of 50 MB in ${name} is set aside in pieces`, async (t) => {
    const huge = `"${'x'.repeat(50 << 20)}"`;
    const rows: Readonly<Record<string, string>> = {
      'EmailEvents.jsonl': `${object(1)}\n{"Subject":${huge}}\n${object(2)}\n${object(3)}\n`,
      'EmailEvents.csv': `${header}\nm1,r,s\nm9,r,${huge}\nm2,r,s\nm3,r,s\n`,
      'EmailEvents.json': `[\n${object(1)},\n{"Subject":${huge}},\n${object(2)},\n${object(3)}]\n`,
    };
    const content = Buffer.from(rows[name]!);
    const line = name === 'EmailEvents.csv' ? 3 : name === 'EmailEvents.json' ? 3 : 2;
    const folder = exportsFolder(t, { [name]: content });
    let pieces = 0;
    let bytes = 0;
    const report = await ingest([folder], {
      store: new MemoryStore(),
      now: () => 0,
      reject: (_, piece) => {
        pieces++;
        bytes += piece.length;
      },
    });
    assert.deepEqual(
      report.rejected.map((one) => one.line),
      [line],
    );
    assert.match(report.rejected[0]!.reason, /longer than the limit/);
    assert.equal(report.rows, 3);
    assert.ok(pieces > 40 && bytes > 50 << 20, `${pieces} pieces, ${bytes} bytes`);
  });
}

test('a gzip file that breaks off gives what it holds, and an error', async (t) => {
  const lines = Array.from({ length: 20_000 }, (_, n) => `${object(n).replace('"s"', `"${Math.sin(n)}"`)}\n`).join('');
  const packed = gzipSync(lines);
  const folder = exportsFolder(t, { 'EmailEvents.jsonl.gz': packed });
  truncateSync(join(folder, 'EmailEvents.jsonl.gz'), packed.length >> 1);
  const { rows, failures } = await take([folder]);
  assert.ok(rows > 1000 && rows < 20_000, `${rows} rows`);
  assert.deepEqual(
    failures.map(({ error }) => error.code),
    ['INGEST0002'],
  );
});

test('what cannot be read, told or placed fails by name, and the run goes on', async (t) => {
  const folder = exportsFolder(t, {
    'a.bin.csv': 'PK\u0003\u0004workbook',
    'b.csv': 'one,two\n1,2\n',
    'c.txt': 'some words\n',
    'd.jsonl': '{"one":1}\n',
    'EmailEvents.csv': `${header}\nm1,r,s\n`,
    'empty.csv': '',
  });
  const { rows, failures, files } = await take([join(folder, 'missing.csv'), folder]);
  assert.equal(rows, 1);
  assert.deepEqual(
    failures.map(({ file, error }) => [file.slice(folder.length + 1), error.code]),
    [
      ['missing.csv', 'INGEST0002'],
      ['a.bin.csv', 'INGEST0004'],
      ['b.csv', 'INGEST0003'],
      ['c.txt', 'INGEST0004'],
      ['d.jsonl', 'INGEST0003'],
    ],
  );
  assert.deepEqual(
    files.map(({ file, rejected }) => [file.slice(folder.length + 1), rejected]),
    [
      ['EmailEvents.csv', 0],
      ['empty.csv', 0],
    ],
  );
});

test('a value nested too deeply costs its line, and the rest goes in', async (t) => {
  const deep = `{"Subject":"a","Timestamp":"2026-07-18","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const lines = `${deep}\n{"Subject":"b","Timestamp":"2026-07-18"}\n`;
  const { rejected, rows } = await takeText(t, 'EmailEvents.jsonl', lines);
  assert.equal(rows, 1);
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [1],
  );
});

test('a pipe is refused at once, before it is opened', async (t) => {
  const pipe = join(exportsFolder(t, {}), 'EmailEvents.jsonl');
  execFileSync('mkfifo', [pipe]);
  const { failures } = await take([pipe]);
  assert.deepEqual(
    failures.map(({ error }) => error.code),
    ['INGEST0002'],
  );
});

test('an unknown table name is refused before anything is read', async () => {
  await assert.rejects(take(['missing'], { table: 'Emails' }), { code: 'STORE0006' });
});

test('rejectsFolder keeps the lines as they were, and why', async (t) => {
  const folder = exportsFolder(t, { 'in/EmailEvents.csv': `${header}\nm8,r\nm2,r,s\nm9,r,s,t` });
  const out = join(folder, 'rejects');
  const reject = rejectsFolder(out, Date.UTC(2026, 6, 18, 14, 8, 56));
  await ingest([join(folder, 'in')], { store: new MemoryStore(), now: () => 0, reject });
  assert.deepEqual(readdirSync(out).sort(), [
    '2026-07-18T140856-EmailEvents.csv',
    '2026-07-18T140856-EmailEvents.csv.reasons.jsonl',
  ]);
  assert.equal(readFileSync(join(out, '2026-07-18T140856-EmailEvents.csv'), 'utf8'), 'm8,r\nm9,r,s,t\n');
  const reasons = readFileSync(join(out, '2026-07-18T140856-EmailEvents.csv.reasons.jsonl'), 'utf8').trim().split('\n');
  assert.deepEqual(
    reasons.map((line) => (JSON.parse(line) as { line: number }).line),
    [2, 4],
  );
});
