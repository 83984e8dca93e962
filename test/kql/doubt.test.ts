import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runQuery, type Warning } from '../../src/kql/index.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { inFolder, NEW_YEAR, put } from '../store/rig.ts';

const mail = (details: string, action = 'Delivered') => ({
  table: 'EmailEvents',
  columns: ['Timestamp', 'NetworkMessageId', 'AuthenticationDetails', 'DeliveryAction'],
  rows: [JSON.stringify(['T', details, details, action]).replace('"T"', String(NEW_YEAR))],
});

const imported = '{"SPF":"pass","DKIM":"none","DMARC":"fail","CompAuth":"fail"}';
const ours = '{"SPF":"pass","DMARC":"fail","AuthenticationResults":"spf=pass dmarc=fail"}';

async function warnings(store: Store, text: string): Promise<readonly Warning[]> {
  const answer = await runQuery(text, { catalog: store.catalog(), now: NEW_YEAR, engine: store.engine });
  for (const table of answer.tables) for await (const _ of table.blocks);
  return answer.warnings.filter(({ code }) => code === 'WARN0002');
}

const messages = async (store: Store, text: string): Promise<string[]> =>
  (await warnings(store, text)).map(({ message }) => message);

const never: readonly (readonly [text: string, words: RegExp])[] = [
  [
    'EmailEvents | where AuthenticationDetails has "dmarc=fail"',
    /write parse_json\(AuthenticationDetails\)\.DMARC =~ "fail"$/,
  ],
  ['EmailEvents | where AuthenticationDetails contains "spf=softfail" | count', /\.SPF =~ "softfail"$/],
  [
    'EmailEvents | extend d = parse_json(AuthenticationDetails) | where d.DMARC == "FAIL"',
    /AuthenticationDetails holds JSON/,
  ],
  ['EmailEvents | where DeliveryAction == "delivered"', /holds "Delivered", .*; write DeliveryAction == "Delivered"$/],
  [
    'UrlClickEvents | join (EmailEvents | where DeliveryAction in ("junked", "JUNKED")) on NetworkMessageId',
    /"Junked"/,
  ],
];
const possible: readonly string[] = [
  'EmailEvents | where parse_json(AuthenticationDetails).DMARC == "fail"',
  `EmailEvents | where AuthenticationDetails has 'DMARC":"temperror'`,
  'EmailEvents | where DeliveryAction =~ "delivered"',
  'EmailEvents | where DeliveryAction != "delivered"',
  'EmailEvents | where DeliveryAction == "Blocked"',
  'EmailEvents | where AuthenticationDetails has NetworkMessageId',
  'EmailEvents | where ThreatTypes == "Spam, Phish"',
  // nobody has said which column it is in
  'EmailEvents | where * has "pass"',
  'search in (EmailEvents) "pass" and "fail"',
];

test('a predicate that no known value and no row makes true warns, and says what to write', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, mail(imported), { table: 'UrlClickEvents', columns: ['Url'], rows: ['["u"]'] });
    for (const [text, words] of never) {
      const said = await messages(store, text);
      assert.equal(said.length, 1, text);
      assert.match(said[0]!, words, text);
    }
    for (const text of possible) assert.deepEqual(await messages(store, text), [], text);
  }));

test('the warning stands at the predicate', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, mail(imported));
    const text = 'EmailEvents | where Subject == "" and AuthenticationDetails has "dmarc=fail"';
    const [warning] = await warnings(store, text);
    const { start, length } = warning!.span!;
    assert.equal(text.slice(start, start + length), 'AuthenticationDetails has "dmarc=fail"');
  }));

test('rows that know more than the document silence it: mail authenticated here, and words that are new', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    await put(store, mail(imported), mail(ours, 'Postponed'));
    assert.deepEqual(await messages(store, 'EmailEvents | where AuthenticationDetails has "dmarc=fail"'), []);
    assert.deepEqual(await messages(store, 'EmailEvents | where DeliveryAction == "Postponed"'), []);
  }));

test('an empty table says nothing of its values', () =>
  inFolder(async (folder) => {
    await using store = await openStore(folder);
    assert.deepEqual(await messages(store, 'EmailEvents | where DeliveryAction == "delivered"'), []);
  }));
