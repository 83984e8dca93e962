import assert from 'node:assert/strict';
import { test } from 'node:test';
import { operatorNames, supportedEntries } from '../../scripts/kql-entries.ts';
import { refusalOf, refusals } from '../../scripts/kql-refused.ts';
import { usesOf } from '../../scripts/kql-uses.ts';
import { differing } from '../../scripts/passing.ts';
import { language, listOf } from '../../src/kql/parse/language.ts';

const { Kusto } = language();
const { Functions, Aggregates, PlugIns, Syntax } = Kusto.Language;
const namesOf = (list: unknown): string[] => listOf(list).map(({ Name }) => String(Name));

/** Variants of an operator in Microsoft's syntax that have no name of their own. */
const unnamed = new Set(['partition-by', 'bad-query']);

/** Every name that Microsoft's library knows: a new version of it shows up here. */
const known = [
  ...namesOf(Functions.All),
  ...namesOf(Aggregates.All),
  ...namesOf(PlugIns.All),
  ...Object.keys(Syntax.SyntaxKind)
    .filter((kind) => kind.endsWith('Operator'))
    .flatMap(operatorNames)
    .filter((name) => !unnamed.has(name)),
];
const supported = new Set(supportedEntries().map(({ name }) => name));

test('what Microsoft’s library knows either runs or is refused with a reason, never both', () => {
  const open = [...new Set(known)].filter((name) => supported.has(name) === (refusalOf(name) !== undefined));
  assert.deepEqual(open, []);
});

test('every refusal is of a name that the library knows', () => {
  for (const { names, shown } of refusals)
    assert.ok(
      known.some((name) => names.test(name)),
      shown,
    );
});

test('the uses of a query are its syntax, not its words', () => {
  const text =
    'let f = 1; T | where a has "count()" and b !in (1, 2) // summarize\n| top 3 by strlen(a) | evaluate narrow()';
  assert.deepEqual([...usesOf(text)].sort(), [
    '!in',
    'and',
    'evaluate',
    'has',
    'let',
    'narrow',
    'strlen',
    'top',
    'where',
  ]);
});

test('fewer passing cases and more of them differ from what is written down', () => {
  assert.equal(differing({ a: 1 }, { a: 1 }), '');
  assert.match(differing({ a: 1 }, { a: 2 }), /^a 2 -> 1/);
  assert.match(differing({ a: 1, b: 1 }, { a: 1 }), /^b 0 -> 1/);
});
