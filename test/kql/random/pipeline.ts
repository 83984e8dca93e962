import type { Column, KqlType } from '../../../src/values/index.ts';
import { aggregates, type Expression, orderedAggregates } from './aggregates.ts';
import { expression } from './expressions.ts';
import type { Picker } from './picker.ts';
import { sourceOf } from './sources.ts';
import { columnsOf, followedBy, inOrder, ref, type Step, table, types } from './step.ts';
import { windows } from './windows.ts';

const keyTypes: readonly KqlType[] = ['long', 'string', 'int', 'bool', 'datetime', 'timespan', 'guid', 'decimal'];

const where: Step = (pipeline, picker) =>
  followedBy(pipeline, `where ${expression({ schema: pipeline.schema, picker }, 'bool', 3)}`);

const extend: Step = (pipeline, picker, fresh) => {
  const type = picker.of(types);
  const replaced = pipeline.schema.length > 0 && picker.below(5) === 4 ? picker.of(pipeline.schema).name : undefined;
  const name = replaced ?? fresh();
  const value = expression({ schema: pipeline.schema, picker }, type, 3);
  const schema =
    replaced === undefined
      ? [...pipeline.schema, { name, type }]
      : pipeline.schema.map((column) => (column.name === name ? { name, type } : column));
  return followedBy(pipeline, `extend ${ref(name)} = ${value}`, { schema });
};

const project: Step = (pipeline, picker, fresh) => {
  const kept = picker.some(pipeline.schema);
  const type = picker.of(types);
  const added = picker.below(2) === 1 ? [{ name: fresh(), type }] : [];
  const values = added.map(({ name }) => `${ref(name)} = ${expression({ schema: pipeline.schema, picker }, type)}`);
  return followedBy(pipeline, `project ${[...kept.map(({ name }) => ref(name)), ...values].join(', ')}`, {
    schema: [...kept, ...added],
  });
};

const projectAway: Step = (pipeline, picker) => {
  if (pipeline.schema.length < 2) return pipeline;
  const gone = picker.of(pipeline.schema);
  return followedBy(pipeline, `project-away ${ref(gone.name)}`, {
    schema: pipeline.schema.filter((one) => one !== gone),
  });
};

const projectRename: Step = (pipeline, picker, fresh) => {
  if (pipeline.schema.length === 0) return pipeline;
  const [old, name] = [picker.of(pipeline.schema), fresh()];
  const schema = pipeline.schema.map((column) => (column === old ? { name, type: old.type } : column));
  return followedBy(pipeline, `project-rename ${ref(name)} = ${ref(old.name)}`, { schema });
};

const projectReorder: Step = (pipeline, picker) => {
  if (pipeline.schema.length === 0) return pipeline;
  const first = picker.of(pipeline.schema);
  const schema = [first, ...pipeline.schema.filter((column) => column !== first)];
  return followedBy(pipeline, `project-reorder ${ref(first.name)}`, { schema });
};

const summarize: Step = (given, picker, fresh) => {
  const needsOrder = picker.below(4) === 3;
  const pipeline = needsOrder ? inOrder(given, picker, fresh) : given;
  const value: Expression = (type) => expression({ schema: pipeline.schema, picker }, type, 1);
  const list = needsOrder ? [...orderedAggregates, ...aggregates] : aggregates;
  const columns: Column[] = [];
  const calls = Array.from({ length: 1 + picker.below(2) }, () => {
    const [text, type] = picker.of(list)(value, picker);
    const name = fresh();
    columns.push({ name, type });
    return `${ref(name)} = ${text}`;
  });
  const keys = Array.from({ length: picker.below(3) }, () => {
    const type = picker.of([...keyTypes, 'real'] as const);
    const name = fresh();
    return { column: { name, type }, text: `${ref(name)} = ${value(type)}` };
  });
  const by = keys.length === 0 ? '' : ` by ${keys.map(({ text }) => text).join(', ')}`;
  return followedBy(pipeline, `summarize ${calls.join(', ')}${by}`, {
    schema: [...keys.map(({ column }) => column), ...columns],
    ordered: false,
  });
};

/** The row of the greatest or least value. Which of those that tie is open: only the value is looked at. */
const argMax: Step = (pipeline, picker) => {
  const keys = columnsOf(pipeline, keyTypes);
  const values = columnsOf(pipeline, ['long', 'real', 'datetime', 'int', 'timespan']);
  if (keys.length === 0 || values.length === 0) return pipeline;
  const [key, value] = [picker.of(keys), picker.of(values)];
  if (key === value) return pipeline;
  const best = picker.of(['arg_max', 'arg_min']);
  const found = followedBy(
    pipeline,
    `summarize ${best}(${ref(value.name)}, ${picker.of(['*', '1'])}) by ${ref(key.name)}`,
  );
  return followedBy(found, `project ${ref(key.name)}, ${ref(value.name)}`, { schema: [key, value], ordered: false });
};

const distinct: Step = (pipeline, picker) => {
  const columns = columnsOf(pipeline, [...keyTypes, 'real']);
  if (columns.length === 0) return pipeline;
  const kept = picker.some(columns);
  return followedBy(pipeline, `distinct ${kept.map(({ name }) => ref(name)).join(', ')}`, {
    schema: kept,
    ordered: false,
  });
};

const count: Step = (pipeline) =>
  followedBy(pipeline, 'count', { schema: [{ name: 'Count', type: 'long' }], ordered: false });

const take: Step = (given, picker, fresh) => {
  const pipeline = inOrder(given, picker, fresh);
  return followedBy(pipeline, `take ${picker.of([3, 1, 0, 5])}`);
};

const top: Step = (given, picker) => {
  const columns = columnsOf(given, ['long', 'real', 'datetime', 'string', 'int', 'timespan', 'decimal', 'bool']);
  if (columns.length === 0) return given;
  const direction = picker.of(['desc', 'asc', 'asc nulls last', 'desc nulls first']);
  const key = picker.of(columns);
  // which of the rows that tie comes first, or at all, is open: only the key is looked at
  const sorted = followedBy(given, `top ${picker.of([1000, 3, 0])} by ${ref(key.name)} ${direction}`);
  return followedBy(sorted, `project ${ref(key.name)}`, { schema: [key], ordered: true });
};

const joinKinds = [
  'inner',
  'leftouter',
  'rightouter',
  'fullouter',
  'leftsemi',
  'rightsemi',
  'leftanti',
  'rightanti',
  'innerunique',
] as const;

const join: Step = (given, picker) => {
  const right = table(picker.of(['C', 'B', 'A']));
  const pairs = columnsOf(given, keyTypes).flatMap((left) =>
    columnsOf(right, keyTypes)
      .filter(({ type }) => type === left.type)
      .map((own) => ({ left, own })),
  );
  if (pairs.length === 0) return given;
  const on = picker.below(4) === 3 ? picker.some(pairs).slice(0, 2) : [picker.of(pairs)];
  const kind = picker.of(joinKinds);
  const left =
    kind === 'innerunique' ? followedBy(given, `distinct ${ref(on[0]!.left.name)}`, { schema: [on[0]!.left] }) : given;
  const used = kind === 'innerunique' ? on.slice(0, 1) : on;
  const condition = used.map(({ left: a, own: b }) =>
    a.name === b.name ? ref(a.name) : `$left.${ref(a.name)} == $right.${ref(b.name)}`,
  );
  const taken = new Set(left.schema.map(({ name }) => name));
  const renamed = right.schema.map((column) => {
    let { name } = column;
    for (let i = 1; taken.has(name); i++) name = `${column.name}${i}`;
    taken.add(name);
    return { ...column, name };
  });
  const one = /^(left|right)(semi|anti)$/.exec(kind)?.[1];
  const schema = one === 'left' ? left.schema : one === 'right' ? right.schema : [...left.schema, ...renamed];
  return followedBy(left, `join kind=${kind} (${right.text}) on ${condition.join(', ')}`, { schema, ordered: false });
};

const lookup: Step = (given, picker) => {
  const right = table(picker.of(['C', 'B']));
  const keys = columnsOf(given, keyTypes).filter((left) =>
    right.schema.some(({ name, type }) => name === left.name && type === left.type),
  );
  if (keys.length === 0) return given;
  const key = picker.of(keys);
  const rest = right.schema.filter(({ name }) => name !== key.name);
  if (rest.some(({ name }) => given.schema.some((column) => column.name === name))) return given;
  return followedBy(given, `lookup ${picker.of(['', 'kind=inner '])}(${right.text}) on ${ref(key.name)}`, {
    schema: [...given.schema, ...rest],
    ordered: false,
  });
};

const union: Step = (given, picker) => {
  const other = table(picker.of(['C', 'B', 'A']));
  const clash = other.schema.some((own) =>
    given.schema.some(({ name, type }) => name === own.name && type !== own.type),
  );
  if (clash) return given;
  const added = other.schema.filter(({ name }) => !given.schema.some((column) => column.name === name));
  return followedBy(given, `union (${other.text})`, { schema: [...given.schema, ...added], ordered: false });
};

const expand: Step = (pipeline, picker, fresh) => {
  const columns = columnsOf(pipeline, ['dynamic']);
  if (columns.length === 0) return pipeline;
  const column = picker.of(columns);
  const cast = picker.of<KqlType | undefined>([undefined, 'string', 'long', 'real', 'datetime']);
  const index = picker.below(3) === 2 ? fresh() : undefined;
  const schema = pipeline.schema.map((one) => (one === column ? { ...one, type: cast ?? one.type } : one));
  const words = [
    'mv-expand',
    ...(picker.below(4) === 3 ? ['kind=array'] : []),
    ...(index === undefined ? [] : [`with_itemindex=${index}`]),
    ref(column.name),
    ...(cast === undefined ? [] : [`to typeof(${cast})`]),
  ];
  return followedBy(pipeline, words.join(' '), {
    schema: index === undefined ? schema : [...schema, { name: index, type: 'long' }],
  });
};

const mvApply: Step = (pipeline, picker, fresh) => {
  const columns = columnsOf(pipeline, ['dynamic']);
  if (columns.length === 0) return pipeline;
  const [element, result] = [fresh(), fresh()];
  const inner = picker.of([
    `where tostring(${element}) != "x" | summarize ${result} = count()`,
    `summarize ${result} = sum(tolong(${element}))`,
    `extend ${result} = strlen(tostring(${element})) | project ${result}`,
    `where isnotnull(${element}) | summarize ${result} = dcount(tostring(${element}))`,
  ]);
  return followedBy(pipeline, `mv-apply ${element} = ${ref(picker.of(columns).name)} on (${inner})`, {
    schema: [...pipeline.schema, { name: result, type: 'long' }],
    ordered: false,
  });
};

const makeSeries: Step = (pipeline, picker, fresh) => {
  const columns = columnsOf(pipeline, ['datetime', 'long']);
  if (columns.length === 0) return pipeline;
  const axis = picker.of(columns);
  const value: Expression = (type) => expression({ schema: pipeline.schema, picker }, type, 1);
  const range =
    axis.type === 'datetime'
      ? picker.of([
          'from datetime(2025-07-13) to datetime(2025-07-16) step 6h',
          'from datetime(2025-07-01) to datetime(2025-07-15 12:00) step 1d',
        ])
      : picker.of(['from 0 to 10 step 2', 'from -8 to 13 step 5']);
  const call = picker.of([
    () => 'count()',
    () => `sum(${value('long')})`,
    () => `avg(${value('real')})`,
    () => `max(${value('int')})`,
  ])();
  const keys = columnsOf(pipeline, ['string', 'bool', 'long']).filter((column) => column !== axis);
  const by = keys.length > 0 && picker.below(2) === 1 ? [picker.of(keys)] : [];
  const name = fresh();
  const given = picker.of(['', ' default=-1']);
  const text = `make-series ${name} = ${call}${given} on ${ref(axis.name)} ${range}`;
  return followedBy(pipeline, `${text}${by.map((column) => ` by ${ref(column.name)}`).join('')}`, {
    schema: [...by, { name, type: 'dynamic' }, { name: axis.name, type: 'dynamic' }],
    ordered: false,
  });
};

const parse: Step = (pipeline, picker, fresh) => {
  const columns = columnsOf(pipeline, ['string']);
  if (columns.length === 0) return pipeline;
  const [first, second] = [fresh(), fresh()];
  const pattern = picker.of([
    `${first} " " ${second}`,
    `* "a" ${first} "b" *`,
    `${first}:long`,
    `* "x=" ${first}:long ", y=" ${second}:long`,
    `${first}:string ";" *`,
  ]);
  const added = [first, second]
    .filter((name) => new RegExp(`\\b${name}\\b`).test(pattern))
    .map((name): Column => ({ name, type: pattern.includes(`${name}:long`) ? 'long' : 'string' }));
  return followedBy(
    pipeline,
    `${picker.of(['parse', 'parse-where'])} ${ref(picker.of(columns).name)} with ${pattern}`,
    {
      schema: [...pipeline.schema, ...added],
    },
  );
};

/** Each key's own rows; they come out in the order of the keys, which is open. */
const partition: Step = (pipeline, picker) => {
  const keys = columnsOf(pipeline, ['long', 'string', 'int']);
  if (keys.length === 0) return pipeline;
  const key = picker.of(keys);
  const sorted = columnsOf(pipeline, ['long', 'real', 'datetime', 'string']).filter((column) => column !== key);
  if (sorted.length === 0) return pipeline;
  const by = picker.of(sorted);
  const inner = `top ${picker.of([2, 1, 1000])} by ${ref(by.name)} | project ${ref(key.name)}, ${ref(by.name)}`;
  return followedBy(pipeline, `partition by ${ref(key.name)} (${inner})`, { schema: [key, by], ordered: false });
};

const steps: readonly Step[] = [
  where,
  extend,
  project,
  where,
  extend,
  summarize,
  join,
  distinct,
  count,
  inOrder,
  top,
  take,
  projectAway,
  projectRename,
  projectReorder,
  argMax,
  lookup,
  union,
  expand,
  mvApply,
  makeSeries,
  parse,
  windows,
  windows,
  partition,
  summarize,
  extend,
];

/** The text of a random query: what `numbers` decide, a list for the source and one for each operator. */
export function queryOf(source: Picker, operators: readonly Picker[]): string {
  let names = 0;
  const fresh = (): string => `v${++names}`;
  const start = sourceOf(source);
  const shared = source.below(6) === 5;
  const first = shared ? { ...start, text: 'S' } : start;
  const pipeline = operators.reduce((before, picker) => picker.of(steps)(before, picker, fresh), first);
  return shared
    ? `let S = ${start.text} | where ${expression({ schema: start.schema, picker: source }, 'bool', 1)};\n${pipeline.text}`
    : pipeline.text;
}
