import { Bench } from '../../../src/rules/prove/bench.ts';
import { type Mailroom, remembering } from '../../../src/rules/prove/mailroom.ts';
import { prove } from '../../../src/rules/prove/prove.ts';
import type { Means, ProveOptions } from '../../../src/rules/prove/stage.ts';
import { readTests } from '../../../src/rules/prove/test-file/read-tests.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import { ticksFromUnixMs } from '../../../src/values/index.ts';

/** Cases that need no lab: one message each, by who wrote it and what the checks said. */
const cases: Readonly<Record<string, (variation: number) => { from: string; dmarc: string; subject: string }>> = {
  spoof: () => ({ from: 'bank.example', dmarc: 'fail', subject: 'Invoice' }),
  own: () => ({ from: 'bank.example', dmarc: 'pass', subject: 'Invoice' }),
  newsletter: () => ({ from: 'club.example', dmarc: 'pass', subject: 'News' }),
  worded: (variation) => ({ from: 'bank.example', dmarc: 'fail', subject: variation < 3 ? 'Invoice' : 'Payment' }),
};

/** A mailroom of those cases. */
export const mailroom: Mailroom = remembering({
  names: new Set(Object.keys(cases)),
  receive: async (name, { now, variation, copy, seed }) => {
    const { from, dmarc, subject } = cases[name]!(variation);
    const cells = [
      String(ticksFromUnixMs(now)),
      JSON.stringify(`${name}-${seed}-${variation}-${copy}`),
      JSON.stringify(from),
      '"Inbound"',
      JSON.stringify(JSON.stringify({ DMARC: dmarc })),
      JSON.stringify(subject),
    ];
    const columns = [
      'Timestamp',
      'NetworkMessageId',
      'SenderFromDomain',
      'EmailDirection',
      'AuthenticationDetails',
      'Subject',
    ];
    return [
      { table: 'EmailEvents', columns, rows: [`[${cells.join(',')}]`] },
      { table: 'EmailHeaders', columns: ['NetworkMessageId'], rows: [`[${cells[1]}]`] },
    ];
  },
});

/** A rule of a text, as a file `rule.kql` would hold it. */
export const ruleOf = (query: string, more: Partial<Rule> = {}): Rule => ({
  format: 'kql',
  kind: 'hunting',
  name: 'A rule',
  query,
  tactics: [],
  techniques: [],
  connectors: [],
  entityMappings: [],
  customDetails: {},
  tags: [],
  story: {},
  provenance: { path: 'rule.kql' },
  document: query,
  placeOf: (offset) => {
    const before = query.slice(0, offset).split('\n');
    return { line: before.length, column: before.at(-1)!.length + 1 };
  },
  placeOfField: () => undefined,
  ...more,
});

/** The tests of a text. */
export const testsOf = (yaml: string) => readTests(yaml, 'rule.test.yaml', mailroom.names)[0]!;

export const openMeans = async (signal?: AbortSignal): Promise<Means & AsyncDisposable> => {
  const bench = await Bench.open(signal);
  let clock = 0;
  return { bench, mailroom, stopwatch: () => clock++, [Symbol.asyncDispose]: () => bench.close() };
};

/** Proves a rule by the tests of a text. */
export const provedBy = (rule: Rule, yaml: string | undefined, means: Means, options: Partial<ProveOptions> = {}) =>
  prove(rule, yaml === undefined ? undefined : testsOf(yaml), means, { variations: 5, seed: 1, ...options });
