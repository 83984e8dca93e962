import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Investigation } from '../../../../src/investigate/index.ts';
import { runQuery } from '../../../../src/kql/index.ts';
import type { Principal, Right } from '../../../../src/server/access/right.ts';
import { RecentInvestigations } from '../../../../src/server/workbench/messages/recent-investigations.ts';
import { cheap, withToken } from '../../access/accounts-rig.ts';
import { NOW, send } from '../../rig.ts';
import { events, messagesRig, spoof } from './rig.ts';

test('page and reports are made of one investigation, for a minute and for one person', async () => {
  let queries = 0;
  let now = NOW;
  await using here = await messagesRig({
    now: () => now,
    settings: { scrypt: cheap },
    run: (text, context) => {
      queries++;
      return runQuery(text, context);
    },
  });
  const [id = ''] = await here.ingest(spoof('Once'));
  const readers = [await withToken(here.store.path, ['query']), await withToken(here.store.path, ['query'])];
  const asked = async (path: string, secret = readers[0]) => {
    const before = queries;
    const options = { headers: { Authorization: `Bearer ${secret}` } };
    const { status, text } = await send(here.server.address, `/api/v1/messages/${id}/${path}`, options);
    assert.equal(status, 200, text.slice(0, 300));
    return { count: queries - before, text };
  };
  assert.ok((await asked('investigation')).count > 3);
  for (const report of ['report.html', 'report.md', 'report.json']) {
    const { count, text } = await asked(report);
    assert.equal(count, 0, `${report} queries the store again`);
    assert.match(text, /Once/);
  }
  assert.ok((await asked('report.md', readers[1])).count > 3, 'another person');
  now += 60_000;
  assert.ok((await asked('investigation')).count > 3, 'after a minute');
  assert.equal((await asked('report.md')).count, 0);
  await events(here.store, [[1, 'another', 'bob@fabrikam.com']]);
  assert.ok((await asked('report.md')).count > 3, 'rows have come');
});

test('after a removal of personal data nothing is told from memory, whatever rows it changed', async () => {
  let queries = 0;
  await using here = await messagesRig({
    run: (text, context) => {
      queries++;
      return runQuery(text, context);
    },
  });
  const [id = ''] = await here.ingest(spoof('Forget'));
  const headers = { Authorization: `Bearer ${await withToken(here.store.path, ['query'])}` };
  const report = () => send(here.server.address, `/api/v1/messages/${id}/report.md`, { headers });
  assert.equal((await report()).status, 200);
  const { status, text } = await send(here.server.address, '/api/v1/purge', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${here.server.token}` },
    body: JSON.stringify({ persons: ['somebody.else@fabrikam.com'], dryRun: false }),
  });
  assert.equal(status, 200, text);
  const before = queries;
  assert.equal((await report()).status, 200);
  assert.ok(queries > before);
});

const person = (name: string, ...rights: Right[]): Principal => ({ name, kind: 'user', rights: new Set(rights) });
const investigation = (word: string) => ({ word }) as unknown as Investigation;

function recent() {
  const clock = { now: 0 };
  const counts = { stored: 1, duplicates: 0, superseded: 0, rejected: 0 };
  const tables = [{ rows: 1 }];
  const store = { counts, catalog: () => ({ tables }) };
  const kept = new RecentInvestigations(store as never, () => clock.now);
  return { clock, counts, tables, kept };
}

test('one that was made with other rights is another one', async () => {
  const { kept } = recent();
  await kept.make(person('ada', 'query', 'bodies'), 'm', async () => investigation('with bodies'));
  assert.equal(kept.get(person('ada', 'query'), 'm'), undefined);
  assert.equal(kept.get({ ...person('ada', 'query', 'bodies'), kind: 'token' }, 'm'), undefined);
  assert.equal(kept.get(person('ada', 'query', 'bodies'), 'n'), undefined);
  assert.deepEqual(kept.get(person('ada', 'bodies', 'query'), 'm'), { word: 'with bodies' });
});

test('rows that come or go make all of them old, those at work as well; there are twenty at most', async () => {
  const { kept, counts, tables } = recent();
  const ada = person('ada', 'query');
  for (const change of [() => counts.duplicates++, () => tables[0]!.rows--, () => kept.clear()]) {
    await kept.make(ada, 'm', async () => investigation('old'));
    await kept.make(ada, 'n', async () => {
      change();
      return investigation('begun before');
    });
    assert.deepEqual([kept.get(ada, 'm'), kept.get(ada, 'n')], [undefined, undefined]);
  }
  for (let n = 0; n < 25; n++) await kept.make(ada, `m${n}`, async () => investigation(String(n)));
  const left = Array.from({ length: 25 }, (_, n) => kept.get(ada, `m${n}`)).filter(Boolean);
  assert.equal(left.length, 20);
  assert.deepEqual(left[0], { word: '5' });
});
