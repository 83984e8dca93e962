import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import type { RunContext, Surroundings } from '../../../src/kql/index.ts';
import { compilerInThread } from '../../../src/server/compiling/compiler.ts';
import { TestDatabase } from '../../kql/duckdb.ts';
import { fixtures } from '../../kql/fixtures.ts';

async function database(): Promise<{ context: RunContext; close: () => void }> {
  const engine = await TestDatabase.open();
  for (const { name, columns, values } of fixtures) await engine.table(name, columns, values);
  return { context: { catalog: engine.catalog, now: 638_881_776_000_000_000n, engine }, close: () => engine.close() };
}

/** Lends `List('name')`, a table of one column of that name and one row; fails for `List('')`. */
const lending = (load = async () => ({ rows: '[["7"]]' })): Surroundings => ({
  version: 'lending',
  functions: [],
  enrichments: [],
  names: [],
  external: async () => ({ rows: '[]' }),
  tables: [
    {
      name: 'List',
      parameters: [{ name: 'name', type: 'string' }],
      columns: ([name]) => {
        if (name === '') throw new MailhuntError('KQL0017', { alias: '', file: 'there', text: 'it is broken' });
        return [{ name: String(name), type: 'long' }];
      },
      load,
    },
  ],
});

/** Unions of unions, each just small enough to be looked at: Microsoft's binder takes seconds over all of them. */
const slow = `let t0 = print x=1;\n${Array.from({ length: 12 }, (_, i) => `let t${i + 1} = union t${i}, t${i};\n`).join('')}t12${' | union t12'.repeat(100)}`;
/** The same on a smaller scale: something under a second. */
const middling = `let t0 = print x=1;\n${Array.from({ length: 6 }, (_, i) => `let t${i + 1} = union t${i}, t${i};\n`).join('')}t6${' | union t6'.repeat(40)}`;

test('a query compiled in the thread answers as one compiled here, learned columns included', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread();
  const rows: string[] = [];
  const text =
    'Mail | where isnotnull(Extra.a) | project Id, Extra | evaluate bag_unpack(Extra) | sort by Id asc | take 1';
  const { tables } = await compiler.run(text, context);
  for await (const block of tables[0]!.blocks) rows.push(...block);
  assert.deepEqual(
    tables[0]!.columns.map(({ name }) => name),
    ['Id', 'a'],
  );
  assert.deepEqual(rows, ['["m1",1]']);
  close();
});

test('an error comes with its code, its words and its place', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread();
  await assert.rejects(compiler.run('Mail | where Nothing > 1', context), {
    name: 'MailhuntError',
    code: 'KQL0001',
    foreignCode: 'KS142',
    span: { start: 13, length: 7 },
  });
  close();
});

test('a text that takes too long is refused by name; what waited behind it is answered before, and this thread was free', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread(10_000);
  let ticks = 0;
  const timer = setInterval(() => ticks++, 20).unref();
  await compiler.run('print 1', context);
  let refused = false;
  const large = assert.rejects(compiler.run(slow, context), { code: 'KQL0006' }).then(() => {
    refused = true;
  });
  const { tables } = await compiler.run('print 1', context);
  assert.ok(!refused, 'who waits behind it waits for it');
  await large;
  clearInterval(timer);
  assert.equal(tables[0]!.columns[0]!.name, 'print_0');
  assert.ok(ticks > 30, `${ticks} ticks of 20 ms`);
  close();
});

test('who goes away is let go at once', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread();
  const signal = AbortSignal.timeout(50);
  await assert.rejects(compiler.run(slow, { ...context, signal }), { name: 'TimeoutError' });
  close();
});

test('the thread asks for the columns and rows of lent tables, and a text that names one keeps nobody waiting', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread(6_000);
  const lent = { ...context, surroundings: lending() };
  for (const name of ['n', "it's"]) {
    const { tables } = await compiler.run(`List("${name}")`, lent);
    const rows: string[] = [];
    for await (const block of tables[0]!.blocks) rows.push(...block);
    assert.deepEqual([tables[0]!.columns, rows], [[{ name, type: 'long' }], ['[7]']]);
  }
  await assert.rejects(compiler.run("List('')", lent), { code: 'KQL0017' });
  let ticks = 0;
  const timer = setInterval(() => ticks++, 20).unref();
  await assert.rejects(compiler.run(`// List\n${slow}`, lent), { code: 'KQL0006' });
  clearInterval(timer);
  assert.ok(ticks > 30, `${ticks} ticks of 20 ms`);
  close();
});

test('the time for which a compilation waits for rows is none of its own', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread(6_000);
  await compiler.run('print 1', context);
  const late = lending(() => new Promise((done) => setTimeout(done, 6_500, { rows: '[["7"]]' })));
  const { tables } = await compiler.run("List('n')", { ...context, surroundings: late });
  assert.equal(tables[0]!.columns[0]!.name, 'n');
  close();
});

test('of many texts that take long at once some are refused early, and what comes after them is answered', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread(60_000);
  await compiler.run('print 1', context);
  const leave = new AbortController();
  const large = Array.from({ length: 4 }, (_, i) =>
    compiler.run(`// ${i}\n${slow}`, { ...context, signal: leave.signal }).catch((error) => error.code ?? error),
  );
  const { tables } = await compiler.run('print 1', context);
  assert.equal(tables[0]!.columns[0]!.name, 'print_0');
  leave.abort(new MailhuntError('KQL0008', { text: 'enough' }));
  const ends = await Promise.all(large);
  assert.deepEqual([...new Set(ends)].sort(), ['KQL0006', 'KQL0008']);
  close();
});

test('many texts that keep each other waiting share few threads: those that are done take over, and none is refused', async () => {
  const { context, close } = await database();
  let threads = 0;
  const count = () => threads++;
  process.on('worker', count);
  await using compiler = compilerInThread();
  const texts = Array.from({ length: 12 }, (_, i) => `// ${i}\n${middling}`);
  const answers = await Promise.all(texts.map((text) => compiler.run(text, context)));
  process.off('worker', count);
  assert.equal(answers.length, 12);
  assert.ok(threads <= 4, `${threads} threads`);
  close();
});

test('a text is laid out in the thread, or refused', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread(10_000);
  assert.equal(await compiler.format('T|where a==1', context), 'T | where a == 1');
  await assert.rejects(compiler.format('T | where (', context), { code: 'KQL0001' });
  close();
});

test('a text that is being written is checked in the thread: mistakes, refusals, what would run', async () => {
  const { context, close } = await database();
  await using compiler = compilerInThread();
  const wrong = await compiler.check('Mail | where Nothing > 1', context);
  assert.deepEqual([wrong.diagnostics[0]?.code, wrong.refusal, wrong.compiled], ['KS142', undefined, undefined]);
  const refused = await compiler.check('Mail | evaluate bag_unpack(Sender)', context);
  assert.ok(refused.refusal instanceof MailhuntError);
  assert.deepEqual([refused.refusal.code, refused.refusal.span?.start], ['KQL0005', 27]);
  const good = await compiler.check('Mail | evaluate bag_unpack(Extra)', context);
  assert.deepEqual([good.diagnostics, good.refusal], [[], undefined]);
  assert.match((await compiler.check('Mail | take 1', context)).compiled?.tables[0]?.sql ?? '', /LIMIT 1/);
  await assert.rejects(compiler.check('.show tables', context), { code: 'KQL0009' });
  close();
});
