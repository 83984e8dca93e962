import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowPredicate } from '../../src/policy/kql/row-predicate.ts';

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
  ['', /cannot be used/],
  ['x'.repeat(20_000), /longer than/],
];

for (const [text, refused] of rows) {
  test(`${JSON.stringify(text.slice(0, 60))}: ${refused}`, () => assert.match(refusal(text), refused));
}
