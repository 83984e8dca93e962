import type { Chance } from './chance.ts';

/** Query texts: good ones, wrong ones, and those that break what quotes or nests. */
const queries = [
  'EmailEvents | count',
  'EmailEvents | where Subject has "invoice" | project Timestamp, Subject | take 5',
  'print x = 1; print y = 2',
  'declare query_parameters(p:string); print p',
  '.show tables',
  '.show database schema as json',
  '.drop function NoSuch',
  '.create function F() { print 1 }',
  'EmailEvents | where nope == 1',
  'EmailEvents | where Subject ==',
  'range x from 1 to 1000 step 1 | summarize sum(x) by bin(x, 10) | render timechart',
  'print dynamic({"a":[1,2,{"b":null}]}), datetime(null), real(nan), guid(null)',
  'set notruncation; set querytrace; EmailEvents',
  '// only a comment',
  ';;;',
  '"\\',
  `print '${'('.repeat(300)}'`,
  `print ${'('.repeat(300)}1${')'.repeat(300)}`,
  `EmailEvents | where Subject in (${Array.from({ length: 200 }, (_, i) => `"${i}"`).join(',')})`,
];

/** Texts that have broken programs before. */
const texts = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\u200b\ufeff',
  '💥'.repeat(50),
  'x'.repeat(5_000),
  '../../../../etc/passwd',
  '..\\..\\windows',
  "' or 1==1 //",
  '"; drop table EmailEvents --',
  '$'.concat('{7*7}{{7*7}}'),
  '<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  '%00%ff%2e%2e%2f',
  '-1',
  '1e309',
  '9007199254740993',
  'NaN',
  'null',
  '[object Object]',
  '2026-07-18T12:00:00Z',
  '0000-99-99',
  'PT1H',
  'from:ada auth:dmarc=fail clicked:yes',
  'm-1',
  '(a|a)*'.repeat(20),
];

const numbers = [0, -0, -1, 1, 1.5, 1e21, 1e308, 2 ** 31, 2 ** 53 + 2, -(2 ** 63)];

/** Schemas as far as they are followed. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

/** What members and parameters of a name mostly hold: who is refused at once tests nothing behind it. */
const usual: readonly (readonly [name: RegExp, values: readonly string[]])[] = [
  [/^(text|csl|query)$/i, queries],
  [/^db$/, ['mail', 'NetDefaultDB', '']],
  [/^properties$/, ['', '{}', '{"Options":{"servertimeout":"00:00:10"}}', '{"Parameters":{"p":"x"}}']],
  [/^id$/, ['m-1', 'm-2']],
  [/^number$/, ['0', '1']],
  [/^timespan$/i, ['PT1H', 'P30D', '2026-07-01/2026-07-19']],
  [/^table$/, ['EmailEvents', 'UrlClickEvents']],
  [/^column$/, ['Subject', 'Timestamp']],
  [/^q$/, ['', 'from:ada', 'auth:dmarc=fail invoice']],
  [/^source$/, ['a', 'b']],
  [/^persons$/, ['nobody@example.com']],
  [/^name$/, ['mine', 'mine.kql', 'a.yaml']],
];
const USUALLY = 0.75;

export function someText(chance: Chance, name = ''): string {
  const values = usual.find(([pattern]) => pattern.test(name))?.[1];
  return values && chance.says(USUALLY) ? chance.pick(values) : chance.pick(texts);
}

/** A value that a schema allows, or nearly. */
export function fitting(chance: Chance, schema: Schema, name = '', depth = 0): unknown {
  if (depth > 5) return null;
  if (schema.enum) return chance.pick(schema.enum);
  if (schema.const !== undefined) return schema.const;
  const choice = schema.oneOf ?? schema.anyOf;
  if (choice) return fitting(chance, chance.pick(choice), name, depth + 1);
  const type = typeof schema.type === 'object' ? chance.pick(schema.type) : schema.type;
  const make = makers[type ?? ''];
  return make ? make(chance, schema, { name, depth }) : chance.pick([...texts, ...numbers, null, true]);
}

type Maker = (chance: Chance, schema: Schema, at: { readonly name: string; readonly depth: number }) => unknown;

const makers: Readonly<Record<string, Maker>> = {
  string: (chance, _, { name }) => someText(chance, name),
  integer: (chance, { minimum = 0, maximum = 100 }) => minimum + chance.below(Math.min(1000, maximum - minimum + 1)),
  number: (chance) => chance.pick(numbers),
  boolean: (chance) => chance.says(0.5),
  null: () => null,
  array: (chance, { items = {} }, { name, depth }) =>
    Array.from({ length: chance.below(4) }, () => fitting(chance, items, name, depth + 1)),
  object: (chance, { properties = {}, required = [], additionalProperties }, { depth }) => {
    const wanted = Object.entries(properties).filter(([name]) => required.includes(name) || chance.says(0.5));
    const known = wanted.map(([name, schema]) => [name, fitting(chance, schema, name, depth + 1)]);
    const more =
      typeof additionalProperties === 'object' ? [[someText(chance), fitting(chance, additionalProperties)]] : [];
    return Object.fromEntries([...known, ...more]);
  },
};

const deep = (open: string, close: string, times: number): string => `${open.repeat(times)}1${close.repeat(times)}`;

/** Makes a body that was good into bytes that may not be. */
export const mutations: readonly ((chance: Chance, value: unknown) => string | Buffer)[] = [
  (_, value) => JSON.stringify(value),
  (_, value) => JSON.stringify(value),
  (_, value) => `\ufeff${JSON.stringify(value)}`,
  (chance, value) => JSON.stringify(withMember(value, chance.pick(['extra', 'constructor', 'toString']), 1)),
  (_, value) => `{"__proto__":{"rights":["admin"]},${JSON.stringify(value).replace(/^\{/, '') || '}'}`,
  (chance, value) => JSON.stringify(withoutMember(chance, value)),
  (chance, value) => JSON.stringify(withWrongMember(chance, value)),
  (chance, value) => JSON.stringify(withWrongMember(chance, value)),
  (chance) => JSON.stringify(chance.pick<unknown>([[], null, 'text', 7, [[]], [{}], true])),
  (chance, value) => JSON.stringify(value).slice(0, chance.below(40)),
  (_, value) => JSON.stringify(value).replace(/"/g, "'"),
  () => deep('[', ']', 20_000),
  () => deep('{"a":', '}', 20_000),
  () => '',
  () => '\u0000'.repeat(100),
  () => Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  (chance) => Buffer.from(Array.from({ length: 500 }, () => chance.below(256))),
  () => `{"text":"${'x'.repeat(200_000)}"}`,
  () => '{"text":1e999,"text":2}',
  () => '{"text":"\\ud800","csl":"\\u0000","query":"\\udfff"}',
];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const withMember = (value: unknown, name: string, member: unknown): unknown =>
  isObject(value) ? { ...value, [name]: member } : value;

function withoutMember(chance: Chance, value: unknown): unknown {
  if (!isObject(value) || Object.keys(value).length === 0) return value;
  const gone = chance.pick(Object.keys(value));
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== gone));
}

function withWrongMember(chance: Chance, value: unknown): unknown {
  if (!isObject(value) || Object.keys(value).length === 0) return value;
  return withMember(
    value,
    chance.pick(Object.keys(value)),
    chance.pick<unknown>([...texts, ...numbers, null, [], {}, [[1]], true]),
  );
}
