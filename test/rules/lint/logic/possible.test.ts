import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluate, type Scalar } from '../../../../src/kql/index.ts';
import { possible } from '../../../../src/rules/lint/logic/decide.ts';
import { Leaves } from '../../../../src/rules/lint/logic/leaves.ts';
import { Resolver } from '../../../../src/rules/lint/logic/resolve.ts';
import { FALSE, TRUE, truthOf } from '../../../../src/rules/lint/logic/truth.ts';
import { columnFacts } from '../../../../src/schema/index.ts';
import type { KqlType, Value } from '../../../../src/values/index.ts';

const facts = (column: string) => columnFacts('EmailEvents', column, 'defender')!;
const text = (value: Value): Scalar => ({ kind: 'literal', type: 'string', value });
const long = (value: bigint): Scalar => ({ kind: 'literal', type: 'long', value });
const call = (name: string, args: readonly Scalar[], type: KqlType = 'bool'): Scalar => ({
  kind: 'call',
  name,
  args,
  type,
});
const column = (name: string, type: KqlType): Scalar => ({ kind: 'column', name, type });
const details = column('AuthenticationDetails', 'string');
const member = (key: string): Scalar => call('[]', [call('parse_json', [details], 'dynamic'), text(key)], 'dynamic');

const words = [
  '',
  'a',
  'A',
  'ab',
  'AB',
  'pass',
  'fail',
  'Fail',
  'zoo',
  'dmarc',
  'dmarc=fail',
  'Inbound',
  'inbound',
  'IntraOrg',
];
const pieces = fc.constantFrom(...words, 'DMARC":"fail', '"SPF":"pass"', 'p', 'Intra-org', 'b', 'in');

const texts: fc.Arbitrary<Scalar> = fc.constantFrom(
  column('Subject', 'string'),
  column('EmailDirection', 'string'),
  column('DeliveryAction', 'string'),
  details,
  call('tostring', [member('DMARC')], 'string'),
  call('tostring', [member('SPF')], 'string'),
  call('tostring', [member('dmarc')], 'string'),
  call('tolower', [column('Subject', 'string')], 'string'),
  call('toupper', [column('EmailDirection', 'string')], 'string'),
  call('extract', [text('spf=([a-z]+)'), long(1n), details], 'string'),
  call('extract', [text('"DMARC":"([a-z]+)"'), long(1n), details], 'string'),
  call('strcat', [column('Subject', 'string'), text('b')], 'string'),
);

const operators = [
  '==',
  '!=',
  '=~',
  '!~',
  'has',
  '!has',
  'contains',
  '!contains',
  'startswith',
  '!startswith',
  'endswith',
];
const cased = ['has_cs', 'contains_cs', 'startswith_cs', '!contains_cs', 'hasprefix', 'hassuffix', '!endswith'];
const numbers = fc.bigInt({ min: -3n, max: 3n });

const atoms: fc.Arbitrary<Scalar> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...operators, ...cased), texts, pieces)
    .map(([name, term, piece]) => call(name, [term, text(piece)])),
  fc
    .tuple(
      fc.constantFrom('in', '!in', 'in~', '!in~', 'has_any', 'has_all'),
      texts,
      fc.array(pieces, { minLength: 1, maxLength: 3 }),
    )
    .map(([name, term, list]) => call(name, [term, ...list.map(text)])),
  fc
    .tuple(fc.constantFrom('isempty', 'isnotempty', 'isnull', 'isnotnull'), texts)
    .map(([name, term]) => call(name, [term])),
  fc
    .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), numbers)
    .map(([name, n]) => call(name, [column('AttachmentCount', 'long'), long(n)])),
  fc.tuple(numbers, numbers).map(([a, b]) => call('between', [column('AttachmentCount', 'long'), long(a), long(b)])),
  fc.tuple(fc.constantFrom('==', '!='), pieces).map(([name, piece]) => call(name, [member('DMARC'), text(piece)])),
  fc.constantFrom(
    call('isnull', [member('SPF')]),
    call('isnotnull', [member('DKIM')]),
    call('matches regex', [details, text('dmarc=fail')]),
  ),
);

const predicates: fc.Arbitrary<Scalar> = fc.letrec<{ predicate: Scalar }>((tie) => ({
  predicate: fc.oneof(
    { maxDepth: 3 },
    atoms,
    fc
      .tuple(fc.constantFrom('and', 'or'), fc.array(tie('predicate'), { minLength: 2, maxLength: 3 }))
      .map(([name, args]) => call(name, args)),
    tie('predicate').map((part) => call('not', [part])),
  ),
})).predicate;

const verdicts = fc.option(fc.constantFrom('pass', 'fail', 'none', 'zoo', 'softfail', 'ab'), { nil: undefined });
const bag = fc
  .record({ SPF: verdicts, DKIM: verdicts, DMARC: verdicts, CompAuth: verdicts })
  .map((members) => JSON.stringify(members));

const rows = fc
  .record({
    Subject: fc.oneof(fc.constantFrom(...words, 'abb', 'xab', 'Ab', 'fAIL'), fc.string({ maxLength: 4 })),
    EmailDirection: fc.constantFrom('', 'Inbound', 'Outbound', 'Intra-org', 'Unknown'),
    DeliveryAction: fc.constantFrom('', 'Delivered', 'Junked', 'Blocked', 'Replaced'),
    AuthenticationDetails: fc.oneof(bag, fc.constant('')),
    AttachmentCount: fc.oneof(numbers, fc.constant(null)),
  })
  .map((row) => new Map<string, Value>(Object.entries(row)));

/** The predicate over leaves, as the flow of rows makes it. */
function resolved() {
  const leaves = new Leaves();
  const leaf = (name: string, type: KqlType) =>
    leaves.fresh({ type, origin: { table: 'EmailEvents', column: name }, ...(facts(name) && { facts: facts(name) }) });
  const columns = new Map<string, Scalar>([
    ...['Subject', 'EmailDirection', 'DeliveryAction', 'AuthenticationDetails'].map((name): [string, Scalar] => [
      name,
      leaf(name, 'string'),
    ]),
    ['AttachmentCount', leaf('AttachmentCount', 'long')],
  ]);
  const resolver = new Resolver(leaves, () => {});
  return { leaves, over: (scalar: Scalar) => resolver.resolve(scalar, columns) };
}

describe('what a predicate can be', () => {
  it('holds what it is on each row', () => {
    fc.assert(
      fc.property(predicates, fc.array(rows, { minLength: 12, maxLength: 12 }), (predicate, drawn) => {
        const { leaves, over } = resolved();
        const truths = possible(over(predicate), [], leaves);
        for (const row of drawn)
          assert.ok(
            truths & truthOf(evaluate(predicate, row)),
            `${truths} on ${JSON.stringify([...row], (_, v) => (typeof v === 'bigint' ? String(v) : v))}`,
          );
      }),
      { numRuns: Number(process.env.RUNS ?? 400) },
    );
  });

  it('holds what it is on each row that a filter leaves', () => {
    fc.assert(
      fc.property(
        predicates,
        predicates,
        fc.array(rows, { minLength: 12, maxLength: 12 }),
        (predicate, filter, drawn) => {
          const { leaves, over } = resolved();
          const truths = possible(over(predicate), [over(filter)], leaves);
          for (const row of drawn.filter((row) => evaluate(filter, row) === true))
            assert.ok(
              truths & truthOf(evaluate(predicate, row)),
              `${truths} on ${JSON.stringify([...row], (_, v) => (typeof v === 'bigint' ? String(v) : v))}`,
            );
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 400) },
    );
  });

  it('is no more than it must be where it can be proved', () => {
    const { leaves, over } = resolved();
    const is = (scalar: Scalar, ...known: readonly Scalar[]) => possible(over(scalar), known.map(over), leaves);
    const direction = column('EmailDirection', 'string');
    const subject = column('Subject', 'string');
    assert.equal(is(call('==', [direction, text('IntraOrg')])), FALSE);
    assert.equal(is(call('!=', [direction, text('IntraOrg')])), TRUE);
    assert.equal(is(call('==', [direction, text('Inbound')])), TRUE | FALSE);
    assert.equal(is(call('has', [details, text('dmarc=fail')])), FALSE);
    assert.equal(is(call('has', [details, text('DMARC":"fail')])), TRUE | FALSE);
    assert.equal(is(call('contains', [subject, text('ab')]), call('startswith', [subject, text('abc')])), TRUE);
    assert.equal(is(call('==', [subject, text('a')]), call('in', [subject, text('b'), text('c')])), FALSE);
    assert.equal(
      is(
        call('<', [column('AttachmentCount', 'long'), long(3n)]),
        call('>', [column('AttachmentCount', 'long'), long(5n)]),
      ),
      FALSE,
    );
  });
});
