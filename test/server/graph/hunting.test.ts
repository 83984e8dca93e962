import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client, GraphError } from '@microsoft/microsoft-graph-client';
import { long, numbers, post, rig, table } from '../rig.ts';

const PATH = '/security/runHuntingQuery';

const client = (address: string): Client =>
  Client.init({ baseUrl: address, customHosts: new Set(['127.0.0.1']), authProvider: (done) => done(null, 'any') });

for (const version of ['v1.0', 'beta'])
  test(`Microsoft’s Graph client hunts by ${version}`, async () => {
    await using here = await rig();
    const answer = await client(here.server.address)
      .api(PATH)
      .version(version)
      .post({ Query: 'EmailEvents | project Subject, n = 1 | order by Subject asc' });
    assert.deepEqual(answer.schema, [
      { name: 'Subject', type: 'String' },
      { name: 'n', type: 'Int64' },
    ]);
    assert.deepEqual(answer.results, [
      { Subject: 'a', n: 1 },
      { Subject: 'b', n: 1 },
    ]);
    assert.equal(answer['@mailhunt.warnings'], undefined);
  });

test('each type in Graph’s form, no digit lost', async () => {
  await using here = await rig();
  const query =
    'print b=true, l=9007199254740993, r=real(nan), s="x\\"y", t=datetime(2026-07-18T14:08:56.1234567Z), ts=1d, ' +
    'd=dynamic({"a":[1]}), n=long(null)';
  const { text, json } = await post(here.server.address, `/v1.0${PATH}`, { query });
  assert.match(text, /"l":9007199254740993,/);
  assert.deepEqual(
    json.schema.map(({ type }: { type: string }) => type),
    ['SByte', 'Int64', 'Double', 'String', 'DateTime', 'TimeSpan', 'Object', 'Int64'],
  );
  const { l: _, ...row } = json.results[0];
  assert.deepEqual(row, {
    b: true,
    r: 'NaN',
    s: 'x"y',
    t: '2026-07-18T14:08:56.1234567Z',
    ts: '1.00:00:00',
    d: { a: [1] },
    n: null,
  });
});

test('a time span narrows what the tables show, and only that', async () => {
  await using here = await rig();
  const count = async (Timespan?: string) =>
    (await post(here.server.address, `/v1.0${PATH}`, { Query: 'EmailEvents | count', Timespan })).json.results[0].Count;
  assert.equal(await count(), 2);
  assert.equal(await count('1969-12-31T00:00:00Z/P2D'), 2);
  assert.equal(await count('P30D'), 0);
});

test('a mistake is a GraphError with its words', async () => {
  await using here = await rig();
  const wrong = client(here.server.address).api(PATH).version('v1.0').post({ Query: 'EmailEvents | where Nope == 1' });
  await assert.rejects(wrong, (error: GraphError) => {
    assert.ok(error instanceof GraphError);
    assert.deepEqual([error.statusCode, error.code], [400, 'BadRequest']);
    assert.match(error.message, /Nope/);
    return true;
  });
});

test('warnings are annotations that clients pass over', async () => {
  await using here = await rig();
  const { json } = await post(here.server.address, `/v1.0${PATH}`, {
    Query: 'EmailEvents | where Subject == "a" and Subject == "b"',
  });
  assert.deepEqual(json.results, []);
  const { json: forked } = await post(here.server.address, `/v1.0${PATH}`, {
    Query: 'EmailEvents | fork (count) (take 1)',
  });
  assert.deepEqual(
    forked['@mailhunt.warnings'].map(({ code }: { code: string }) => code),
    ['HTTP0030'],
  );
});

test('what is over the limits is left out and said', async () => {
  await using here = await rig({
    run: async () => ({ tables: [table(long, numbers(100_500))], warnings: [] }),
  });
  const { json } = await post(here.server.address, `/v1.0${PATH}`, { Query: 'anything' });
  assert.equal(json.results.length, 100_000);
  assert.equal(json['@mailhunt.warnings'][0].code, 'HTTP0010');
});

for (const [name, body, status] of [
  ['no query', {}, 400],
  ['a query that is no text', { Query: 7 }, 400],
  ['a time span that is none', { Query: 'EmailEvents', Timespan: 'soon' }, 400],
] as const)
  test(`${name} is refused in Graph’s form`, async () => {
    await using here = await rig();
    const sent = await post(here.server.address, `/v1.0${PATH}`, body);
    assert.equal(sent.status, status);
    assert.equal(sent.json.error.code, 'BadRequest');
    assert.ok(sent.json.error.innerError['request-id']);
  });

test('the older API of Defender answers in its own form', async () => {
  await using here = await rig();
  const { json } = await post(here.server.address, '/api/advancedhunting/run', { Query: 'EmailEvents | count' });
  assert.deepEqual(json.Schema, [{ Name: 'Count', Type: 'Int64' }]);
  assert.deepEqual(json.Results, [{ Count: 2 }]);
  assert.equal(json.Stats.dataset_statistics[0].table_row_count, 1);
  const { json: wrong } = await post(here.server.address, '/api/advancedqueries/run', { Query: 'EmailEvents |' });
  assert.equal(wrong.error.code, 'BadRequest');
  assert.match(wrong.error.target, /^\|/);
});
