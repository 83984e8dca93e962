import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadScenarios } from '../../src/lab/index.ts';
import { rowPredicate } from '../../src/policy/kql/row-predicate.ts';
import { toldColumns } from '../../src/policy/kql/told-columns.ts';
import { tableNamed } from '../../src/schema/index.ts';
import { labItems } from './lab-item.ts';

const refusal = (text: string): string => {
  try {
    rowPredicate(text, (why) => {
      throw new Error(why);
    });
    return 'read';
  } catch (error) {
    return (error as Error).message;
  }
};

const rows: readonly [text: string, refused: RegExp][] = [
  ['Subject has "x"', /^read$/],
  ['parse_json(AuthenticationDetails).DMARC == "fail" // a comment', /^read$/],
  ['Subjekt has "x"', /'Subjekt' does not refer/],
  ['Subject', /gives string/],
  ['AttachmentCount + 1', /gives (?:int|long)/],
  ['Timestamp > ago(1d)', /asks what time/],
  ['true) | take 1 | project (true', /more than a predicate/],
  ['true), Other = (1 == 1', /more than a predicate/],
  ['NetworkMessageId in (UrlClickEvents | project NetworkMessageId)', /cannot be used|more than/],
  ['Subject has "x";\nprint (1', /more than|cannot be used/],
  ['rand() < 0.5', /cannot be used/],
  // What is found out after the gate has decided.
  ['DeliveryAction == "Junked"', /DeliveryAction is not known while a message comes in$/],
  ['Subject has "x" or ThreatTypes has "Phish"', /ThreatTypes is not known/],
  ['IsFirstContact == 1', /the predicate FirstContact asks for it/],
  ['parse_json(AdditionalFields).VerdictSource == "none"', /AdditionalFields is not known/],
  ['NetworkMessageId startswith "0"', /NetworkMessageId is not known/],
  ['TimeGenerated > datetime(2026-01-01)', /cannot be used/],
  ['_ingest_seq > 1', /cannot be used/],
  ['', /cannot be used/],
  ['x'.repeat(20_000), /longer than/],
];

for (const [text, refused] of rows) {
  test(`${JSON.stringify(text.slice(0, 60))}: ${refused}`, () => assert.match(refusal(text), refused));
}

const read = (source: string) => rowPredicate(source, (why) => assert.fail(why));

test('a column that may be asked is one that every message tells at the gate', async () => {
  const { columns } = tableNamed('EmailEvents')!;
  const [letter] = await labItems((await loadScenarios()).scenarios[0]!.harmless);
  for (const { name } of columns) {
    const source = `isempty(tostring(${name})) or true`;
    if (toldColumns.has(name)) assert.equal(letter!.item.kql(read(source)), true, name);
    else assert.match(refusal(source), /is not known while/, name);
  }
});

for (const [source, asText] of [
  ['parse_json(AuthenticationDetails).DMARC == "fail"', false],
  ['todynamic(AuthenticationDetails)["SPF"] in ("fail", "softfail")', false],
  ['Subject has "dmarc=fail"', false],
  ['parse_json(AuthenticationDetails).AuthenticationResults has "dmarc=fail"', true],
  ['parse_json(AuthenticationDetails).DMARC == "fail" and AuthenticationDetails has "reason=001"', true],
  ['parse_json(AuthenticationDetails)[tolower(Subject)] == "x"', true],
] as const) {
  test(`${source} reads ${asText ? 'a text' : 'no text'}`, () => assert.equal(read(source).readsDetailsAsText, asText));
}

test('what cannot be computed of a message has no answer, and no answer is no error', () => {
  const xml = read('parse_xml(Subject).a == "b"');
  const row = (subject: string) => new Map([['Subject', subject]]);
  assert.equal(xml.holds(row('<a>b</a>')), true);
  assert.equal(xml.holds(row('<a>c</a>')), false);
  assert.equal(xml.holds(row('<a>'.repeat(2000))), undefined);
});
