import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MailhuntError } from '../../../src/errors/index.ts';
import { readTests } from '../../../src/rules/prove/test-file/read-tests.ts';
import { inTime } from '../../in-time.ts';

const cases = new Set(['spoof', 'own', 'invoice-wave']);
const read = (yaml: string) => readTests(yaml, 'a.test.yaml', cases);

/** What is said of a file, without its name: `2:3 text`. */
function complaint(yaml: string): string {
  try {
    read(yaml);
  } catch (error) {
    assert.ok(error instanceof MailhuntError && error.code === 'RULE0020', String(error));
    const { line, column, text } = error.facts as Record<string, string | number>;
    return `${line}:${column} ${text}`;
  }
  return 'nothing';
}

describe('a file of tests', () => {
  it('is read as it is written', () => {
    const [tests] = read(`
rule: A rule
fires: [spoof, { case: invoice-wave, count: 5, over: 2h, ago: 1d }]
quiet:
  - { name: both, cases: [own, { case: spoof, ago: 3h }], count: 2, now: 2026-07-15T12:00:00Z }
lists: { Domains: [a.example, 7], VIP: [{ Address: a@b.example, Name: A }, { Address: c@d.example }] }
parameters: { days: 7, sender: a }
background: [own, { tables: { EmailEvents: [{ Subject: x }] } }]
`);
    assert.equal(tests!.rule, 'A rule');
    assert.deepEqual(
      tests!.tests.map(({ name, fires, mail }) => [name, fires, mail]),
      [
        ['spoof', true, [{ case: 'spoof', count: 1, ago: 0, over: 0 }]],
        ['invoice-wave', true, [{ case: 'invoice-wave', count: 5, ago: 86_400_000, over: 7_200_000 }]],
        [
          'both',
          false,
          [
            { case: 'own', count: 2, ago: 0, over: 60_000 },
            { case: 'spoof', count: 1, ago: 10_800_000, over: 0 },
          ],
        ],
      ],
    );
    assert.equal(tests!.tests[2]!.now, Date.parse('2026-07-15T12:00Z'));
    assert.deepEqual(tests!.lists, {
      Domains: { columns: ['SearchKey'], rows: [['a.example'], ['7']] },
      VIP: {
        columns: ['Address', 'Name'],
        rows: [
          ['a@b.example', 'A'],
          ['c@d.example', ''],
        ],
      },
    });
    assert.deepEqual(tests!.parameters, { days: '7', sender: 'a' });
    assert.deepEqual(
      [tests!.background.mail.length, tests!.background.tables[0]!.columns],
      [1, ['Timestamp', 'Subject']],
    );
  });

  it('has its cells typed by the schema', () => {
    const cells = `Timestamp: -2h, TimeGenerated: now`;
    assert.match(complaint(`background: [{ tables: { EmailEvents: [{ ${cells} }] } }]`), /says the time a second time/);
    const [tests] = read(`
rows:
- name: r
  fires: true
  tables:
    MessageEvents: [{ TimeGenerated: -2h, RecipientDetails: [a], SenderDisplayName: null }, { RecipientDetails: '["b"]' }, { RecipientDetails: b }]
    EmailEvents: [{ UrlCount: 3, Timestamp: 2026-07-15 }]
`);
    const [messages, mail] = tests!.tests[0]!.tables;
    assert.deepEqual(messages!.columns, ['Timestamp', 'RecipientDetails', 'SenderDisplayName']);
    assert.deepEqual(messages!.rows, [
      [{ before: 72_000_000_000n }, { json: '"[\\"a\\"]"' }, { json: '""' }],
      [{ before: 600_000_000n }, { json: '"[\\"b\\"]"' }, { json: '""' }],
      [{ before: 600_000_000n }, { json: '"\\"b\\""' }, { json: '""' }],
    ]);
    assert.deepEqual(mail!.rows, [[{ json: '639196704000000000' }, { json: '3' }]]);
  });

  it('holds a document for each rule of the file beside it', () => {
    assert.deepEqual(
      read('rule: a\nfires: [own]\n---\nrule: b\nquiet: [own]\n').map(({ rule }) => rule),
      ['a', 'b'],
    );
  });

  for (const [what, yaml, said] of [
    ['an unknown field', 'fires: [own]\nquite: [own]', '2:1 quite is unknown; known are rule, fires'],
    ['an unknown field of a test', 'fires: [{ case: own, agо: 2h }]', '1:22 fires[0].agо is unknown'],
    ['an unknown case', 'fires:\n  - owm', '2:5 fires[0] names "owm", which is no case of the lab'],
    [
      'a case that is near another',
      'fires: [invoice]',
      '1:9 fires[0] names "invoice", which is no case of the lab; did you mean invoice-wave?',
    ],
    ['an unknown table', 'background: [{ tables: { Emails: [] } }]', '1:26 background[0].tables.Emails is no table'],
    [
      'a table in another case',
      'background: [{ tables: { emailevents: [] } }]',
      '1:26 background[0].tables.emailevents is no table: it is written EmailEvents',
    ],
    [
      'an unknown column',
      'background: [{ tables: { EmailEvents: [{ Sender: a }] } }]',
      '1:42 background[0].tables.EmailEvents[0].Sender is no column of EmailEvents',
    ],
    [
      'a column in another case',
      'background: [{ tables: { EmailEvents: [{ subject: a }] } }]',
      'it is written Subject',
    ],
    [
      'a number for a text',
      'background: [{ tables: { EmailEvents: [{ Subject: 7 }] } }]',
      'Subject is a text: write it in quotes',
    ],
    [
      'a text for a number',
      'background: [{ tables: { EmailEvents: [{ UrlCount: a }] } }]',
      'UrlCount is an int: a whole number',
    ],
    [
      'a number that is too large',
      'background: [{ tables: { EmailEvents: [{ UrlCount: 9999999999 }] } }]',
      'UrlCount is an int',
    ],
    [
      'a time that is none',
      'background: [{ tables: { EmailEvents: [{ Timestamp: soon }] } }]',
      'Timestamp is a datetime',
    ],
    [
      'a text for a flag',
      'background: [{ tables: { EmailEvents: [{ IsFirstContact: maybe }] } }]',
      'IsFirstContact is',
    ],
    ['rows without a verdict', 'rows: [{ name: a, tables: {} }]', '1:8 rows[0] does not say whether the rule fires'],
    ['rows without a name', 'rows: [{ fires: true, tables: {} }]', '1:8 rows[0] has no name'],
    ['a test of nothing', 'fires: [{ name: x }]', '1:9 fires[0] has neither cases nor tables'],
    ['an order of nothing', 'fires: [{ case: own, ordered: true }]', 'fires[0].ordered goes with expect'],
    ['no copies', 'fires: [{ case: own, count: 0 }]', 'fires[0].count is a whole number from 1 to 500'],
    ['a time to come', 'fires: [{ case: own, ago: -2h }]', 'fires[0].ago is a length of time'],
    ['a time before any calendar', 'fires: [{ case: own, ago: 40000d }]', 'fires[0].ago is at most 36500d'],
    ['a text for a list', 'fires: own', '1:8 fires is a list'],
    ['a list for the file', '- fires', '1:1 the file is a map'],
    ['broken YAML', 'fires: [own', '1:12'],
    ['a name that comes twice', 'fires: [own]\nfires: [spoof]', '2:1 Map keys must be unique'],
    ['an empty file', '', '1:1 the file is empty'],
    ['a file of comments', '# nothing', '1:1 the file is empty'],
    ['an alias of nothing', 'fires: *a', 'fires names *a, which stands nowhere before it'],
  ] as const) {
    it(`is refused for ${what}, with its place`, () => {
      assert.ok(complaint(yaml).includes(said), `${complaint(yaml)}\nnot: ${said}`);
    });
  }

  it('is refused where aliases make it enormous, and in no time', async () => {
    const levels = ['[x,x,x,x,x,x,x,x,x,x]'];
    for (let i = 0; i < 8; i++) levels.push(`[${Array(10).fill(`*a${i}`).join(',')}]`);
    const anchors = levels.map((level, i) => `&a${i} ${level}`).join(', ');
    await inTime(5000, () => {
      assert.match(complaint(`lists: { A: [{ a: ${anchors} }] }`), /^1:/);
      assert.match(
        complaint(`rows: [{ name: a, fires: true, tables: {}, expect: [{ b: [${anchors}] }] }]`),
        /more than \d+ values/,
      );
    });
  });

  it('is refused where it bites its own tail, is too deep or too long', () => {
    assert.match(complaint('lists: &l { a: *l }'), /is a list|more than/);
    assert.match(complaint(`fires: ${'['.repeat(20_000)}`), /nested too deeply|1:/);
    assert.match(complaint(`x: ${'y'.repeat(2_000_000)}`), /larger than/);
  });

  it('takes names that objects have of themselves for names', () => {
    assert.match(complaint('__proto__: 1'), /__proto__ is unknown/);
    assert.match(complaint('fires: [toString]'), /no case of the lab/);
    assert.match(complaint('background: [{ tables: { constructor: [] } }]'), /is no table/);
    assert.deepEqual(Object.keys(read('lists: { __proto__: [a] }')[0]!.lists), ['__proto__']);
  });
});
