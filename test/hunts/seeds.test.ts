import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as expected from './expected.ts';
import { type Found, type HuntingStore, openHuntingStore } from './hunting-store.ts';

/** Published hunts, word for word. They are not ours to ship: where the folder is missing, this file proves nothing. */
const folder = fileURLToPath(new URL('../../../shared/seeds/hunts/', import.meta.url));
const skip = existsSync(folder) ? false : 'there is no ../shared/seeds/hunts beside the clone';

const project = (rows: Found['rows'], columns: readonly string[]) =>
  rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));

/** The rows of the first list in the columns that the second has, so that hunts which project more can be compared. */
const sameColumns = (rows: Found['rows'], like: readonly object[]) => project(rows, Object.keys(like[0]!));

const inOrderOfClicks = (rows: Found['rows']) =>
  rows.toSorted((a, b) => (`${b.EmailTime}${a.ClickTime}` < `${a.EmailTime}${b.ClickTime}` ? -1 : 1));

/** What each file must give, by the number that its name begins with. */
const checks: Readonly<Record<string, (found: Found) => void>> = {
  1: ({ rows }) => {
    const found = rows.map((row) => ({ id: row.NetworkMessageId, spf: row.SPF, dmarc: row.DMARC }));
    assert.deepEqual(
      found.toSorted((a, b) => (String(a.id) > String(b.id) ? -1 : 1)),
      expected.temperrors,
    );
  },
  2: ({ rows, visualization }) => {
    assert.deepEqual(rows, [{ Count: expected.allMail, Timestamp: expected.days }]);
    assert.equal(visualization?.kind, 'timechart');
  },
  3: ({ rows, columns }) => {
    assert.equal(columns.length, 17);
    assert.deepEqual(sameColumns(rows, expected.lastHour), expected.lastHour);
  },
  4: ({ rows, columns }) => {
    assert.deepEqual(rows, project(expected.dmarcFailures, columns));
  },
  5: ({ rows, columns }) => {
    assert.deepEqual(
      rows,
      project(
        expected.dmarcFailures.map((row) => ({ ...row, ThreatTypes: '' })),
        columns,
      ),
    );
  },
  6: ({ rows }) => assert.deepEqual(rows, expected.failuresBySender),
  7: ({ rows }) => {
    const times = rows.map((row) => String(row.EmailTime));
    assert.deepEqual(times, times.toSorted().toReversed());
    assert.deepEqual(inOrderOfClicks(rows), inOrderOfClicks(expected.failuresWithClicks));
  },
};

describe('the seven published hunts, word for word', { skip }, () => {
  let store: HuntingStore;
  before(async () => {
    store = await openHuntingStore();
  });
  after(() => store[Symbol.asyncDispose]());

  const files = skip ? [] : readdirSync(folder).filter((name) => name.endsWith('.kql'));

  it('are seven, and each has its expectation', () => {
    assert.deepEqual(files.map((name) => name[0]).toSorted(), Object.keys(checks));
  });

  for (const file of files)
    it(file, async () => checks[file[0]!]!(await store.find(readFileSync(`${folder}/${file}`, 'utf8'))));
});
