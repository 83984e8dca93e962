import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { valueOfHostText } from '../../../src/kql/index.ts';
import { type Case, loadScenarios, receive } from '../../../src/lab/index.ts';
import type { MailItem } from '../../../src/policy/index.ts';
import { storedItems } from '../../../src/policy/items/stored-items.ts';
import { type RowPredicate, rowPredicate } from '../../../src/policy/kql/row-predicate.ts';
import { toldColumns } from '../../../src/policy/kql/told-columns.ts';
import { Reputation } from '../../../src/policy/reputation/reputation.ts';
import { tableNamed } from '../../../src/schema/index.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';
import { labItems } from '../lab-item.ts';
import { type LabStore, openLabStore } from '../lab-store.ts';

const NOW = Date.parse('2026-07-18T12:00:00Z');
const DAY = 86_400_000;

const predicateOf = (source: string): RowPredicate =>
  rowPredicate(source, (why) => assert.fail(`${JSON.stringify(source)}: ${why}`));

/** What a replay knows of the mail in a store. */
async function replayed({ store }: LabStore, predicates: readonly RowPredicate[]): Promise<Map<string, MailItem>> {
  const means = {
    store,
    now: ticksFromUnixMs(NOW),
    signal: new AbortController().signal,
    acceptedDomains: [],
    trustedSealers: [],
    reputation: new Reputation(),
    predicates,
  };
  const found = new Map<string, MailItem>();
  for await (const mails of storedItems(ticksFromUnixMs(NOW - 2 * DAY), ticksFromUnixMs(NOW + DAY), means))
    for (const { item } of mails) found.set(item.id, item);
  return found;
}

const columns = tableNamed('EmailEvents')!.columns;
const typeOf = new Map(columns.map(({ name, type }) => [name, type]));

let lab: LabStore;
before(async () => {
  lab = await openLabStore();
});
after(() => lab[Symbol.asyncDispose]());

describe('a KQL predicate over the letters of the lab', () => {
  const cases = async (): Promise<readonly Case[]> =>
    (await loadScenarios()).scenarios.flatMap(({ harmless, attack }) => [harmless, attack]);

  it('has the answer in the replay that it has at the gate', async () => {
    const expressions = [
      // Half of all values of a column: another value shows in some letter.
      ...[...toldColumns].map((name) => `hash(tostring(${name}), 2) == 0`),
      'SenderDisplayName has_any ("Accounts", "Payroll", "CEO") // whom they write as',
      'parse_json(AuthenticationDetails).DMARC == "fail" and not(SenderMailFromDomain endswith SenderFromDomain)',
      'AuthenticationDetails has "action=oreject"',
      'UrlCount == 0 and AttachmentCount == 1',
      'UrlCount > 0',
      'array_length(todynamic(To)) > 1 or EmailSize between (1000 .. 3000)',
      'toint(extract("([0-9]+)", 1, Subject)) > 100',
      'ipv4_is_in_range(SenderIPv4, "192.0.2.0/24")',
      'iff(isempty(SenderMailFromAddress), bool(null), SenderMailFromAddress != SenderFromAddress)',
    ];
    const predicates = expressions.map(predicateOf);
    const all = await cases();
    const judged = new Map((await Promise.all(all.map(labItems))).flat().map(({ item }) => [item.id, item]));
    await lab.fill(
      (await Promise.all(all.map((one) => receive(one, { seed: 1, now: NOW })))).flatMap((one) => one.batches),
    );
    const stored = await replayed(lab, predicates);
    const answers = new Map<string, Set<unknown>>();
    let compared = 0;
    for (const [id, item] of judged) {
      const again = stored.get(id);
      if (again === undefined) continue;
      compared += 1;
      for (const predicate of predicates) {
        const answer = item.kql(predicate);
        assert.equal(again.kql(predicate), answer, `${predicate.source} of ${item.subject}`);
        answers.set(predicate.source, (answers.get(predicate.source) ?? new Set()).add(answer));
      }
    }
    assert.ok(compared > 100, `${compared} letters`);
    // All mail of the lab comes in, by IPv4, to one domain, and has nobody in Cc.
    const constant = expressions.filter(
      (source) =>
        answers.get(source)?.size !== 2 && !/(?:Direction|IPv6|RecipientDomain|Cc|AttachmentCount)\)/.test(source),
    );
    assert.deepEqual(constant, [], 'each expression tells some letters from others');
  });

  it('counts the URLs as the gate does, which reads no codes in pictures', async () => {
    const [code] = (await cases()).filter(({ name }) => name.startsWith('qr-code'));
    const [letter] = (await labItems(code!)).slice(-1);
    await lab.fill((await receive(code!, { seed: 1, now: NOW })).batches);
    const none = predicateOf('UrlCount == 0');
    const stored = await replayed(lab, [none]);
    assert.equal(letter!.item.kql(none), true);
    assert.equal(stored.get(letter!.item.id)!.kql(none), true);
  });
});

describe('what a row does not tell', () => {
  const details = (words: object): string => JSON.stringify(words);
  const ours = details({ DMARC: 'fail', AuthenticationResults: 'dmarc=fail action=oreject' });
  const rows: readonly [what: string, row: Readonly<Record<string, unknown>>, source: string, answer?: boolean][] = [
    ['a size that an export has not', { EmailSize: null }, 'EmailSize < 10'],
    ['a size', { EmailSize: 5 }, 'EmailSize < 10', true],
    ['people whom an export does not list', { To: '' }, 'To !has "anna"'],
    ['people', { To: '[]' }, 'To !has "anna"', true],
    [
      'the words of an export, by their keys',
      { AuthenticationDetails: details({ DMARC: 'fail' }) },
      'parse_json(AuthenticationDetails).DMARC == "fail"',
      true,
    ],
    [
      'the words of an export, as text',
      { AuthenticationDetails: details({ DMARC: 'fail' }) },
      'AuthenticationDetails has "dmarc=fail"',
    ],
    [
      'the words of mail that came in raw, as text',
      { AuthenticationDetails: ours },
      'AuthenticationDetails has "dmarc=fail"',
      true,
    ],
    ['no words in an export', {}, 'parse_json(AuthenticationDetails).DMARC == "fail"'],
    [
      'no words in mail that came in raw',
      { AdditionalFields: details({ VerdictSource: 'none' }) },
      'AuthenticationDetails !has "dmarc=fail"',
      true,
    ],
    ['another column', { EmailSize: null, Subject: 'a' }, 'Subject == "a"', true],
  ];
  for (const [what, row, source, answer] of rows) {
    it(`${answer === undefined ? 'nobody knows' : 'is known'}: ${what}`, async () => {
      const predicate = predicateOf(source);
      await lab.fill([batchOf([{ ...row, NetworkMessageId: 'a' }])]);
      assert.equal((await replayed(lab, [predicate])).get('a')!.kql(predicate), answer);
    });
  }

  it('is a predicate that was not asked for', async () => {
    await lab.fill([batchOf([{ NetworkMessageId: 'a' }])]);
    assert.equal((await replayed(lab, [predicateOf('true')])).get('a')!.kql(predicateOf('1 == 1')), undefined);
  });
});

describe('any KQL predicate over any rows', () => {
  const word = fc.constantFrom(
    '',
    'a',
    'CEO',
    'ceo',
    'the CEO pays',
    'b@bank.example',
    'bank.example',
    '1',
    '-7',
    '3.5',
    'true',
    "it's",
    'x"y\\z',
    'ä Ä ß',
    '\u0130',
    '日本',
    ' \t',
    '{"a":[1,null]}',
    '[]',
    '192.0.2.7',
    '2001:db8::1',
    '2026-07-18',
    '%',
    '_',
    '.*',
  );
  const details = fc.constantFrom(
    ...['pass', 'fail'].map((dmarc) =>
      JSON.stringify({ DMARC: dmarc, CompAuth: 'none', AuthenticationResults: `dmarc=${dmarc} compauth=none` }),
    ),
  );
  const row = fc.record({
    Timestamp: fc.integer({ min: 0, max: DAY }).map((ago) => Number(ticksFromUnixMs(NOW - ago) / 10_000n) * 10_000),
    Subject: word,
    SenderDisplayName: word,
    SenderFromAddress: word,
    SenderFromDomain: word,
    SenderMailFromAddress: word,
    SenderIPv4: fc.constantFrom('', '192.0.2.7', '10.0.0.1', 'x'),
    RecipientEmailAddress: word,
    InternetMessageId: word,
    AuthenticationDetails: details,
    To: fc.constantFrom('[]', '["a@b.example"]', '["a@b.example","ceo@b.example"]'),
    Cc: fc.constantFrom('[]', '["b@bank.example"]'),
    AttachmentCount: fc.constantFrom(0, 1, 4),
    UrlCount: fc.constantFrom(0, 1, 7),
    EmailSize: fc.constantFrom(0, 1, 5000, 2 ** 40),
  });
  const messages = fc.array(fc.array(row, { minLength: 1, maxLength: 3 }), { minLength: 60, maxLength: 60 });

  const text = fc.constantFrom(
    'Subject',
    'SenderDisplayName',
    'SenderFromAddress',
    'SenderFromDomain',
    'SenderMailFromAddress',
    'InternetMessageId',
    'RecipientEmailAddress',
    'tolower(Subject)',
    'strcat(Subject, SenderDisplayName)',
    'tostring(parse_json(AuthenticationDetails).DMARC)',
    'substring(Subject, 1, 3)',
    'tostring(AttachmentCount)',
    'trim(" ", Subject)',
    'tostring(todynamic(To)[0])',
    'split(SenderFromAddress, "@")[1]',
    'extract("([a-z]+)", 1, Subject)',
    'replace_string(Subject, "a", "b")',
  );
  const string = word.map((one) => JSON.stringify(one).replaceAll(/\\u(?![0-9a-f]{4})/g, 'u'));
  const number = fc.constantFrom(
    'AttachmentCount',
    'UrlCount',
    'EmailSize',
    'strlen(Subject)',
    'toint(Subject)',
    'tolong(SenderDisplayName)',
    'EmailSize / UrlCount',
    'countof(Subject, "a")',
    'array_length(todynamic(To))',
    'indexof(Subject, "a")',
    'hourofday(Timestamp)',
    'todouble(Subject)',
    '-7',
    '3',
    'EmailSize % 7',
  );
  const comparison = fc.oneof(
    fc
      .tuple(
        text,
        fc.constantFrom(
          '==',
          '!=',
          '=~',
          '!~',
          'has',
          '!has',
          'has_cs',
          'contains',
          '!contains',
          'contains_cs',
          'startswith',
          'endswith',
          'hasprefix',
          'hassuffix',
        ),
        fc.oneof(
          string,
          text.map((one) => `tostring(${one})`),
        ),
      )
      .map((parts) => parts.join(' ')),
    fc.tuple(number, fc.constantFrom('==', '!=', '<', '<=', '>', '>='), number).map((parts) => parts.join(' ')),
    fc
      .tuple(text, fc.constantFrom('in', 'in~', '!in', 'has_any', 'has_all'), string, string)
      .map(([left, how, one, other]) => `tostring(${left}) ${how} (${one}, ${other})`),
    fc
      .tuple(text, fc.constantFrom('"^[a-z]+$"', '"(?i)ceo"', '@"\\d"', '"."'))
      .map(([left, pattern]) => `tostring(${left}) matches regex ${pattern}`),
    fc
      .tuple(fc.constantFrom('isempty', 'isnotempty', 'isnull', 'isnotnull'), fc.oneof(text, number))
      .map(([how, of]) => `${how}(${of})`),
    fc.constantFrom(
      'bool(null)',
      'true',
      'false',
      'ipv4_is_private(SenderIPv4)',
      'ipv4_is_in_range(SenderIPv4, "192.0.2.0/24")',
      'parse_json(AuthenticationDetails).DMARC == "fail"',
      'todatetime(Subject) < Timestamp',
      'tobool(Subject)',
      'dayofweek(Timestamp) >= 5d',
      'parse_json(Subject).a[1] == 1',
    ),
  );
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      comparison,
      fc
        .tuple(tie('expression'), fc.constantFrom('and', 'or'), tie('expression'))
        .map(([one, how, other]) => `(${one}) ${how} (${other})`),
      tie('expression').map((one) => `not(${one})`),
      fc.tuple(tie('expression'), tie('expression'), tie('expression')).map((parts) => `iff(${parts.join(', ')})`),
      tie('expression').map((one) => `coalesce(${one}, false)`),
    ),
  }));

  const SEEDS = [1, 2, 3];
  const EXPRESSIONS = 60;

  for (const seed of SEEDS) {
    it(`has the answer of the gate, seed ${seed}`, async () => {
      const [sent] = fc.sample(messages, { seed, numRuns: 1 });
      const found = fc.sample(expression, { seed, numRuns: 3 * EXPRESSIONS }).flatMap((source) => {
        const refused: string[] = [];
        try {
          return [
            rowPredicate(source, (why) => {
              refused.push(why);
              throw new Error(why);
            }),
          ];
        } catch (error) {
          if (refused.length === 0) throw error;
          return [];
        }
      });
      const predicates = [...new Map(found.map((one) => [one.source, one])).values()].slice(0, EXPRESSIONS);
      assert.ok(predicates.length > EXPRESSIONS / 2, `${predicates.length} expressions`);
      const rows = sent!.flatMap((all, at) =>
        all.map((one, i) => ({
          ...one,
          NetworkMessageId: `m${at}`,
          RecipientEmailAddress: `${i}${one.RecipientEmailAddress}`,
          AdditionalFields: '{"VerdictSource":"verified"}',
        })),
      );
      await lab.fill([batchOf(rows)]);
      const stored = await replayed(lab, predicates);
      const seen = { true: 0, false: 0 };
      for (const at of sent!.keys()) {
        const mine = rows.filter(({ NetworkMessageId }) => NetworkMessageId === `m${at}`).map(valuesOf);
        for (const predicate of predicates) {
          const atGate = mine.some((one) => predicate.holds(one) === true);
          seen[`${atGate}`] += 1;
          assert.equal(
            stored.get(`m${at}`)!.kql(predicate),
            atGate,
            `${predicate.source}\nover ${JSON.stringify(rows.filter(({ NetworkMessageId }) => NetworkMessageId === `m${at}`))}`,
          );
        }
      }
      assert.ok(Math.min(seen.true, seen.false) > 500, JSON.stringify(seen));
    });
  }
});

/** A row of EmailEvents as the gate has it. */
const valuesOf = (row: Readonly<Record<string, unknown>>) =>
  new Map(
    Object.entries(row).map(([name, value]) => [
      name,
      valueOfHostText(value === null ? null : String(value), typeOf.get(name)!),
    ]),
  );

/** Rows of EmailEvents, inbound and of today where they do not say otherwise. */
function batchOf(rows: readonly Readonly<Record<string, unknown>>[]) {
  const names = [
    ...new Set(rows.flatMap((row) => ['Timestamp', 'EmailDirection', 'RecipientEmailAddress', ...Object.keys(row)])),
  ];
  const usual: Readonly<Record<string, unknown>> = {
    EmailDirection: 'Inbound',
    Timestamp: Number(ticksFromUnixMs(NOW)),
    RecipientEmailAddress: 'anna@contoso.com',
  };
  const cell = (row: Readonly<Record<string, unknown>>, name: string): unknown =>
    name in row ? row[name] : (usual[name] ?? (typeOf.get(name) === 'string' ? '' : null));
  return {
    table: 'EmailEvents',
    columns: names,
    rows: rows.map((row) => JSON.stringify(names.map((name) => cell(row, name)))),
  };
}
