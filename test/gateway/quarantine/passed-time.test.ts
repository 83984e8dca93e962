import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMarkDue, PassedTime, type TimeSeen } from '../../../src/gateway/quarantine/passed-time.ts';

const HOUR = 3_600_000;

/** All in hours: of the wall clock, and of the one that never leaps. */
type Looks = readonly (readonly [wall: number, elapsed: number])[];

/** What is believed of some looks, a list for each run of the gate; each but the first goes on with what was written down. */
const believedIn = (last: TimeSeen | undefined, ...runs: readonly Looks[]): string => {
  let marked = last;
  const said = (seen: TimeSeen): string => {
    if (isMarkDue(seen, marked)) marked = seen;
    return `${seen.at / HOUR}${seen.doubt === undefined ? '' : '?'}`;
  };
  return runs
    .map((looks) => {
      const passed = new PassedTime(marked);
      return looks.map(([wall, elapsed]) => said(passed.at(wall * HOUR, elapsed * HOUR))).join(' ');
    })
    .join(' | ');
};
const believed = (last: number | undefined, ...looks: Looks): string =>
  believedIn(last === undefined ? undefined : { at: last * HOUR }, looks);

const rows: readonly (readonly [name: string, found: string, expected: string])[] = [
  ['nothing is known: the clock is believed', believed(undefined, [900, 0], [901, 1]), '900 901'],
  ['time passes', believed(100, [100, 0], [150, 50], [1000, 900]), '100 150 1000'],
  ['off for a night', believed(100, [124, 0], [125, 1]), '124 125'],
  [
    'off for longer: counted from what is known, until a day has passed',
    believed(100, [200, 0], [223, 23], [224, 24], [225, 25]),
    '100? 123? 224 225',
  ],
  ['a leap while it runs', believed(100, [100, 0], [900, 1], [923, 24], [924, 25]), '100 101? 124? 924'],
  ['a leap that is taken back', believed(100, [100, 0], [900, 1], [102, 2], [103, 3]), '100 101? 102 103'],
  [
    'a second leap begins the day anew',
    believed(100, [900, 0], [2000, 12], [2012, 24], [2024, 36]),
    '100? 112? 124? 2024',
  ],
  ['a clock that is set back is believed', believed(100, [50, 0], [51, 1]), '50 51'],
  [
    'one that stood in 1970 and is set right is doubted for a day',
    believed(5000, [0, 0], [5001, 1], [5025, 25]),
    '0 1? 5025',
  ],
  [
    'leaps that are each small are a large one',
    believed(100, [100, 0], [112, 1], [124, 2], [136, 3], [148, 4]),
    '100 112 124 103? 104?',
  ],
  ['a clock that is slow does not save up for a leap', believed(100, [100, 0], [110, 30], [170, 60]), '100 110 140?'],
  [
    'off for three days, then restarted every few hours: a day of them in all',
    believedIn(
      { at: 100 * HOUR },
      [
        [172, 0],
        [180, 8],
      ],
      [
        [181, 0],
        [188, 7],
      ],
      [
        [189, 0],
        [197, 8],
      ],
      [
        [198, 5],
        [198.5, 5.5],
        [199, 6],
        [200, 7],
      ],
    ),
    '100? 108? | 108? 115? | 115? 123? | 123? 123.5? 199 200',
  ],
  [
    'the time in which no gate runs does not count',
    believedIn(
      { at: 100 * HOUR },
      [
        [200, 0],
        [208, 8],
      ],
      [
        [231, 0],
        [239, 8],
      ],
      [
        [262, 0],
        [269, 7],
        [270, 8],
      ],
    ),
    '100? 108? | 108? 116? | 116? 123? 270',
  ],
  [
    'off for more than a day while it is doubted: the day begins anew',
    believedIn(
      { at: 100 * HOUR },
      [
        [200, 0],
        [220, 20],
      ],
      [
        [245, 0],
        [268, 23],
        [269, 24],
      ],
    ),
    '100? 120? | 120? 143? 269',
  ],
  [
    'a leap at each restart is never believed',
    believedIn(
      { at: 100 * HOUR },
      [
        [500, 0],
        [520, 20],
      ],
      [
        [900, 0],
        [920, 20],
      ],
      [
        [1300, 0],
        [1320, 20],
      ],
    ),
    '100? 120? | 120? 140? | 140? 160?',
  ],
  [
    'a clock that was set back at a restart, and is ahead still, is another',
    believedIn(
      { at: 100 * HOUR },
      [
        [500, 0],
        [520, 20],
      ],
      [
        [518, 0],
        [522, 4],
        [541, 23],
        [542, 24],
      ],
    ),
    '100? 120? | 120? 124? 143? 542',
  ],
  [
    'a leap after a restart begins the day anew',
    believedIn(
      { at: 100 * HOUR },
      [
        [500, 0],
        [520, 20],
      ],
      [
        [521, 0],
        [900, 1],
        [905, 6],
        [924, 25],
      ],
    ),
    '100? 120? | 120? 121? 126? 924',
  ],
  [
    'what was taken back is not gone on with',
    believedIn(
      { at: 100 * HOUR },
      [
        [500, 0],
        [520, 20],
        [121, 21],
      ],
      [
        [122, 0],
        [525, 1],
        [530, 6],
      ],
    ),
    '100? 120? 121 | 122 122? 127?',
  ],
  [
    'nor what began anew just before a restart',
    believedIn(
      { at: 100 * HOUR },
      [
        [500, 0],
        [520, 20],
        [523, 20.01],
      ],
      [
        [524, 0],
        [529, 5],
        [548, 24],
      ],
    ),
    '100? 120? 120.01? | 120.01? 125.01? 548',
  ],
];
for (const [name, found, expected] of rows) test(name, () => assert.equal(found, expected));

test('it is written down every ten minutes, and at once where a doubt has ended or begun anew', () => {
  const minutes = (at: number, lasted?: number): TimeSeen => ({
    at: at * 60_000,
    ...(lasted !== undefined && { doubt: { wall: 9e12, lasted: lasted * 60_000 } }),
  });
  const due: readonly (readonly [seen: TimeSeen, marked: TimeSeen | undefined, isDue: boolean])[] = [
    [minutes(50), undefined, true],
    [minutes(59), minutes(50), false],
    [minutes(60), minutes(50), true],
    [minutes(40), minutes(50), true],
    [minutes(59, 9), minutes(50, 0), false],
    [minutes(60, 10), minutes(50, 0), true],
    [minutes(51, 0), minutes(50, 5), true],
    [minutes(51), minutes(50, 0), true],
    [minutes(51, 1), minutes(50), false],
  ];
  assert.deepEqual(
    due.map(([seen, marked]) => isMarkDue(seen, marked)),
    due.map(([, , isDue]) => isDue),
  );
});
