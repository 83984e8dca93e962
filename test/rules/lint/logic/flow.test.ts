import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { evaluate, type Plan, type Scalar, type Schema } from '../../../../src/kql/index.ts';
import { possible } from '../../../../src/rules/lint/logic/decide.ts';
import { Flow } from '../../../../src/rules/lint/logic/flow.ts';
import { Leaves } from '../../../../src/rules/lint/logic/leaves.ts';
import { Resolver } from '../../../../src/rules/lint/logic/resolve.ts';
import { truthOf } from '../../../../src/rules/lint/logic/truth.ts';
import type { KqlType, Value } from '../../../../src/values/index.ts';
import { evaluatePlan } from '../../../kql/naive/index.ts';

const call = (name: string, args: readonly Scalar[], type: KqlType = 'bool'): Scalar => ({
  kind: 'call',
  name,
  args,
  type,
});
const text = (value: string): Scalar => ({ kind: 'literal', type: 'string', value });
const column = (name: string, type: KqlType): Scalar => ({ kind: 'column', name, type });

/** Every plan here has these columns: a direction at first, a text of any kind, a number. */
const schema: Schema = [
  { name: 'D', type: 'string' },
  { name: 'S', type: 'string' },
  { name: 'N', type: 'long' },
];
const [d, s, n] = schema.map(({ name, type }) => column(name, type)) as [Scalar, Scalar, Scalar];

const source: Plan = {
  kind: 'project',
  input: {
    kind: 'scan',
    table: 'EmailEvents',
    schema: [
      { name: 'EmailDirection', type: 'string' },
      { name: 'Subject', type: 'string' },
      { name: 'EmailClusterId', type: 'long' },
    ],
  },
  columns: [
    { name: 'D', value: column('EmailDirection', 'string') },
    { name: 'S', value: column('Subject', 'string') },
    { name: 'N', value: column('EmailClusterId', 'long') },
  ],
  schema,
};

const words = fc.constantFrom('', 'a', 'A', 'Inbound', 'inbound', 'Intra-org', 'IntraOrg', 'x');
const predicates: fc.Arbitrary<Scalar> = fc.oneof(
  fc
    .tuple(fc.constantFrom('==', '!=', '=~', 'has', '!has', 'startswith', 'contains'), fc.constantFrom(d, s), words)
    .map(([name, term, word]) => call(name, [term, text(word)])),
  fc
    .tuple(fc.constantFrom('==', '!=', '<', '>='), fc.bigInt({ min: -1n, max: 3n }))
    .map(([name, value]) => call(name, [n, { kind: 'literal', type: 'long', value }])),
  fc.constantFrom(call('isempty', [d]), call('isnotempty', [s]), call('isnull', [n])),
);
const either = fc.tuple(fc.constantFrom('and', 'or'), predicates, predicates).map(([name, a, b]) => call(name, [a, b]));
const conditions = fc.oneof(predicates, either);

const project = (input: Plan, values: readonly Scalar[]): Plan => ({
  kind: 'project',
  input,
  columns: schema.map(({ name }, i) => ({ name, value: values[i]! })),
  schema,
});

const grouped = (input: Plan, keys: readonly number[], pick: string): Plan => ({
  kind: 'aggregate',
  input,
  by: keys.map((i) => ({ name: schema[i]!.name, value: [d, s, n][i]! })),
  aggregates: schema.flatMap(({ name, type }, i) =>
    keys.includes(i)
      ? []
      : [
          {
            name,
            value: name === 'N' ? { name: 'count', args: [], type } : { name: pick, args: [[d, s, n][i]!], type },
          },
        ],
  ),
  schema,
});

type JoinKind = Extract<Plan, { kind: 'join' }>['joinKind'];
const joinKinds: readonly JoinKind[] = [
  'inner',
  'innerunique',
  'leftouter',
  'rightouter',
  'fullouter',
  'leftsemi',
  'leftanti',
];
const joined = (left: Plan, right: Plan, joinKind: JoinKind): Plan => ({
  kind: 'join',
  joinKind,
  left,
  right,
  on: [{ left: s, right: s }],
  output: schema.map(({ name }) => ({
    side: name === 'D' && !/semi|anti/.test(joinKind) ? 'right' : 'left',
    column: name,
    name,
  })),
  schema,
});

const plans = fc.letrec<{ plan: Plan }>((tie) => ({
  plan: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constant(source),
    fc.tuple(tie('plan'), conditions).map(([input, predicate]): Plan => ({ kind: 'filter', input, predicate, schema })),
    fc
      .tuple(tie('plan'), conditions)
      .map(([input, when]) => project(input, [call('iff', [when, d, text('x')], 'string'), s, n])),
    tie('plan').map((input) => project(input, [call('tolower', [d], 'string'), d, n])),
    tie('plan').map((input) => project(input, [s, text('Inbound'), call('strlen', [s], 'long')])),
    fc
      .tuple(tie('plan'), fc.subarray([0, 1]), fc.constantFrom('take_any', 'min', 'max'))
      .map(([input, keys, pick]) => grouped(input, keys, pick)),
    fc.tuple(tie('plan'), tie('plan')).map(([a, b]): Plan => ({ kind: 'union', inputs: [a, b], schema })),
    fc.tuple(tie('plan'), tie('plan'), fc.constantFrom(...joinKinds)).map(([a, b, kind]) => joined(a, b, kind)),
  ),
})).plan;

const rows = fc.array(
  fc
    .record({
      EmailDirection: fc.constantFrom('', 'Inbound', 'Outbound', 'Intra-org'),
      Subject: fc.constantFrom('', 'a', 'A', 'inbound', 'Inbound', 'xa'),
      EmailClusterId: fc.option(fc.bigInt({ min: -1n, max: 3n })),
    })
    .map((row) => new Map<string, Value>(Object.entries(row))),
  { maxLength: 8 },
);

describe('what is known of the rows of a plan', () => {
  it('holds of each of its rows', () => {
    let judged = 0;
    fc.assert(
      fc.property(plans, conditions, rows, (plan, predicate, mail) => {
        const leaves = new Leaves();
        const flow = new Flow(leaves, new Resolver(leaves, () => {}), 'defender', {
          filter: (condition, { known, columns }) => [
            ...known,
            new Resolver(leaves, () => {}).resolve(condition, columns),
          ],
          value: () => {},
        });
        const found = flow.rows(plan);
        const truths = possible(flow.resolve(predicate, found), found.known, leaves);
        for (const row of evaluatePlan(plan, new Map([['EmailEvents', mail]])).rows) {
          judged++;
          assert.ok(
            truths & truthOf(evaluate(predicate, row)),
            `${truths} on ${JSON.stringify([...row], (_, v) => (typeof v === 'bigint' ? String(v) : v))}`,
          );
        }
      }),
      { numRuns: Number(process.env.RUNS ?? 400) },
    );
    assert.ok(judged > 100, 'rows come out');
  });
});
