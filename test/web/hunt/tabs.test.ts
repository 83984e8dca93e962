import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  activeTab,
  changeTab,
  closeTab,
  firstTabs,
  keptTabs,
  LONGEST_KEPT,
  MOST_TABS,
  openTab,
  readTabs,
  type Tabs,
} from '../../../web/src/hunt/tabs.ts';

const through = (tabs: Tabs): Tabs | undefined => readTabs(JSON.parse(JSON.stringify(keptTabs(tabs))));

test('tabs come back as they were: names, texts, cursors, time, values, which one was in front', () => {
  let tabs = openTab(firstTabs(), { name: 'Clicks', text: 'UrlClickEvents', cursor: 4, parameters: { days: '7' } });
  tabs = openTab(tabs, { range: { kind: 'last', hours: 24 } });
  tabs = { ...tabs, active: '2' };
  assert.deepEqual(through(tabs), tabs);
  assert.equal(activeTab(tabs).name, 'Clicks');
});

test('any tabs come back', () => {
  const ranges = fc.constantFrom({ kind: 'any' } as const, { kind: 'last', hours: 7 } as const);
  const given = fc.array(fc.record({ text: fc.string().map((text) => text.replaceAll('\r', '')), range: ranges }), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(given, (all) => {
      const tabs = all.reduce((now: Tabs, tab) => openTab(now, tab), firstTabs());
      assert.deepEqual(through(tabs), tabs);
    }),
    { numRuns: 100, seed: 3 },
  );
});

const strangers: readonly unknown[] = [
  undefined,
  null,
  7,
  [],
  {},
  { all: [] },
  { all: 'x' },
  { all: [null, 1, {}, { id: 'a', name: 'b' }] },
];
for (const kept of strangers)
  test(`${JSON.stringify(kept)} is no list of tabs`, () => assert.equal(readTabs(kept), undefined));

test('what is damaged in a tab is as at first, and a tab twice is there once', () => {
  const tab = {
    id: '1',
    name: 'A',
    text: 'B\r\nC',
    cursor: 99,
    range: { kind: 'last', hours: -1 },
    parameters: { a: 1, b: 'c' },
  };
  assert.deepEqual(readTabs({ all: [tab, tab], active: 'nothing' }), {
    all: [{ id: '1', name: 'A', text: 'B\nC', cursor: 0, range: { kind: 'any' }, parameters: { b: 'c' } }],
    active: '1',
  });
});

test('a text that is too long is not kept, rather than cut', () => {
  const long = openTab(firstTabs(), { name: 'Long', text: 'x'.repeat(LONGEST_KEPT + 1) });
  assert.equal(activeTab(through(long) as Tabs).text, '');
  const fits = openTab(firstTabs(), { text: 'x'.repeat(LONGEST_KEPT) });
  assert.equal(activeTab(through(fits) as Tabs).text.length, LONGEST_KEPT);
});

test('no more tabs than there may be, each with a name and an id of its own', () => {
  let tabs = firstTabs();
  for (let i = 0; i < MOST_TABS + 5; i++) tabs = openTab(tabs);
  assert.equal(tabs.all.length, MOST_TABS);
  assert.equal(new Set(tabs.all.map(({ name }) => name)).size, MOST_TABS);
  assert.equal(new Set(tabs.all.map(({ id }) => id)).size, MOST_TABS);
});

test('closing: the neighbour comes to the front, and there is always a tab', () => {
  const three = openTab(openTab(firstTabs()), {});
  assert.equal(closeTab({ ...three, active: '2' }, '2').active, '3');
  assert.equal(closeTab({ ...three, active: '3' }, '3').active, '2');
  assert.equal(closeTab({ ...three, active: '1' }, '3').active, '1');
  assert.equal(closeTab(three, 'nothing'), three);
  const empty = closeTab(firstTabs(), '1');
  assert.deepEqual(
    empty.all.map(({ text }) => text),
    [''],
  );
  assert.equal(empty.active, empty.all[0]?.id);
});

test('a change is that of one tab', () => {
  const tabs = changeTab(openTab(firstTabs()), '2', { text: 'print 1' });
  assert.equal(tabs.all[1]?.text, 'print 1');
  assert.equal(tabs.all[0], changeTab(tabs, '2', { cursor: 3 }).all[0]);
});
