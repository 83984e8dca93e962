import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gateScenariosPage, outcomeOf } from '../../scripts/gate-scenarios.ts';
import { loadScenarios } from '../../src/lab/index.ts';

test('the page has a row for each scenario, with both answers', async () => {
  const page = await gateScenariosPage();
  const { scenarios } = await loadScenarios();
  const rows = page.split('\n').filter((line) => line.startsWith('| ['));
  assert.equal(rows.length, scenarios.length);
  const rowOf = (name: string) => rows.find((row) => row.includes(`scenarios/${name}.yaml`))!;
  assert.match(
    rowOf('exact-domain-p-reject'),
    /spoof-reject: `550 5\.7\.26` \(.*\| Refuse what its owner wants refused \|$/,
  );
  assert.match(rowOf('exact-domain-p-quarantine'), /quarantine: `250`, kept apart \(.*\| Keep what its owner/);
  assert.match(
    rowOf('temperror-seal'),
    /of-list: `451 4\.7\.0` \(.*arc=temperror\).*of-forger: `550 5\.7\.26` .*\| Refuse what its owner wants refused \|$/,
  );
  assert.match(rowOf('temperror-policy'), /aligned: `250` \(.*: `451 4\.7\.0` .*\| Ask again while DNS is silent \|$/);
  assert.match(rowOf('mailing-list-arc'), /mailing-list: `250` \(dmarc=fail, reject asked, trusted sealer\)/);
  const [, hurt = ''] = /switched on:\n(.*)\.\n/.exec(page) ?? [];
  assert.ok(hurt.includes('[mailing-list-without-arc]') && !hurt.includes('[exact-domain-p-reject]'));
});

test('mail that is not checked is delivered', () => {
  assert.deepEqual(outcomeOf({ claim: undefined, smtp: '250' }), {
    action: 'Deliver',
    rule: undefined,
    isExcepted: false,
  });
});
