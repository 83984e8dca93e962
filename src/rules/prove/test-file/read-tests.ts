import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { MailhuntError } from '../../../errors/index.ts';
import { parseDatetime, unixMsFromTicks } from '../../../values/index.ts';
import type { FilePlace } from '../../rule.ts';
import type { Expectation, Mailing, RuleTest, RuleTests } from '../tests.ts';
import { listsOf } from './lists.ts';
import { Part, type Reader } from './part.ts';
import { backgroundOf, type KnownCases, mailingOf } from './setting.ts';
import { tablesOf } from './tables.ts';

/** Characters of a file of tests. */
const MAX_TEXT = 1024 * 1024;
/** Values in it, written out. */
const MAX_PARTS = 200_000;
/** Tests in it. */
const MAX_TESTS = 1000;

const fileFields = ['rule', 'fires', 'quiet', 'rows', 'lists', 'parameters', 'background'] as const;
const testFields = ['name', 'case', 'count', 'ago', 'over', 'cases', 'tables', 'expect', 'ordered', 'now'] as const;

/**
 * Reads a file of tests: a document for each rule that it is about.
 *
 * @param path as errors and reports show it
 * @param cases names of the lab's cases
 * @throws MailhuntError RULE0020 with line and column of the first mistake
 * @example readTests('fires: [spoofed-invoice]\nquiet: [own-newsletter]', 'a.test.yaml', cases)[0].tests.length // 2
 */
export function readTests(text: string, path: string, cases: KnownCases): readonly RuleTests[] {
  const lines = new LineCounter();
  const placeOf = (offset: number): FilePlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const wrong = ({ line, column }: FilePlace, words: string): never => {
    throw new MailhuntError('RULE0020', { file: path, line, column, text: words });
  };
  if (text.length > MAX_TEXT) wrong({ line: 1, column: 1 }, `the file is larger than ${MAX_TEXT} characters`);
  try {
    const documents = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: true,
      prettyErrors: false,
      intAsBigInt: true,
      version: '1.2',
      merge: false,
    });
    if (documents.length === 0) wrong({ line: 1, column: 1 }, 'the file is empty');
    let parts = 0;
    const count = (place: FilePlace): void => {
      if (++parts > MAX_PARTS) wrong(place, `the file has more than ${MAX_PARTS} values, aliases written out`);
    };
    return [...documents].map((document: Document): RuleTests => {
      for (const { message, pos } of document.errors)
        wrong(placeOf(pos[0]), /call stack/.test(message) ? 'the file is nested too deeply' : message);
      return testsIn({ document, placeOf, wrong, count }, path, cases);
    });
  } catch (error) {
    if (error instanceof RangeError) wrong({ line: 1, column: 1 }, 'the file is nested too deeply');
    throw error;
  }
}

function testsIn(reader: Reader, path: string, cases: KnownCases): RuleTests {
  const { document } = reader;
  const root = new Part(document.contents as never, 'the file', reader);
  const { rule, fires, quiet, rows, lists, parameters, background } = root.fields(fileFields);
  const tests = [
    ...(fires?.items() ?? []).map((part) => testOf(part, true, cases)),
    ...(quiet?.items() ?? []).map((part) => testOf(part, false, cases)),
    ...(rows?.items() ?? []).map((part) => rowTestOf(part, cases)),
  ];
  if (tests.length > MAX_TESTS) root.wrong(`has more than ${MAX_TESTS} tests`);
  return {
    path,
    ...(rule === undefined ? {} : { rule: rule.text() }),
    tests: withNames(tests),
    background: backgroundOf(background, cases),
    lists: listsOf(lists),
    parameters: Object.fromEntries([...(parameters?.entries() ?? [])].map(([name, part]) => [name, literalOf(part)])),
  };
}

/** A member of `fires` or `quiet`: a case by its name, a mailing, or several with rows beside them. */
function testOf(part: Part, fires: boolean, cases: KnownCases): RuleTest {
  const { place } = part;
  if (!part.isMap) {
    const mailing = mailingOf(part, cases);
    return { name: mailing.case, fires, mail: [mailing], tables: [], place };
  }
  return fullTestOf(part, part.fields(testFields), fires, cases);
}

/** A member of `rows`. */
function rowTestOf(part: Part, cases: KnownCases): RuleTest {
  const { fires, ...fields } = part.fields([...testFields, 'fires'] as const);
  if (fires === undefined) return part.wrong('does not say whether the rule fires: fires: true or fires: false');
  if (fields.name === undefined) return part.wrong('has no name');
  if (fields.tables === undefined) return part.wrong('has no tables');
  return fullTestOf(part, fields, fires.flag(), cases);
}

type Fields = Partial<Readonly<Record<(typeof testFields)[number], Part>>>;

function fullTestOf(part: Part, fields: Fields, fires: boolean, cases: KnownCases): RuleTest {
  const { expect, ordered, now } = fields;
  const mail = mailOf(part, fields, cases);
  const tables = tablesOf(fields.tables);
  if (mail.length === 0 && fields.tables === undefined) return part.wrong('has neither cases nor tables');
  if (ordered !== undefined && expect === undefined) return ordered.wrong('goes with expect');
  return {
    name: fields.name?.text() ?? (mail.map((mailing) => mailing.case).join(' + ') || 'rows'),
    fires,
    mail,
    tables,
    ...(expect === undefined ? {} : { expect: expectationOf(expect, ordered?.flag() ?? false) }),
    ...(now === undefined ? {} : { now: timeOf(now) }),
    place: part.place,
  };
}

/** `case` with its copies, or `cases`: a list of them, whose `count`, `ago` and `over` hold for those that say none. */
function mailOf(
  part: Part,
  { case: name, cases: list, count, ago, over }: Fields,
  known: KnownCases,
): readonly Mailing[] {
  if (name !== undefined && list !== undefined) return part.wrong('has both case and cases');
  const copies = count?.whole(1, 500);
  const shared = {
    ...(copies === undefined ? {} : { count: copies, over: (copies - 1) * 60_000 }),
    ...(ago === undefined ? {} : { ago: ago.duration() }),
    ...(over === undefined ? {} : { over: over.duration() }),
  };
  const named = name === undefined ? (list?.items() ?? []) : [name];
  return named.map((item) => ({ ...mailingOf(item, known), ...(item.isMap ? {} : shared) }));
}

const expectationOf = (part: Part, ordered: boolean): Expectation => ({
  ordered,
  rows: part
    .items()
    .map((row) => new Map([...row.entries()].map(([name, cell]) => [name, { value: cell.plain, place: cell.place }]))),
});

function timeOf(part: Part): number {
  const ticks = parseDatetime(part.text());
  return ticks === null ? part.wrong('is a time such as 2026-07-01T12:00:00Z') : unixMsFromTicks(ticks);
}

/** The value of a parameter as KQL writes it; a text needs no quotes. */
function literalOf(part: Part): string {
  const { scalar } = part;
  const isPlain = typeof scalar === 'bigint' || typeof scalar === 'number' || typeof scalar === 'boolean';
  return isPlain ? String(scalar) : part.text();
}

/** Tests of one name are told apart by a number. */
function withNames(tests: readonly RuleTest[]): readonly RuleTest[] {
  const seen = new Map<string, number>();
  return tests.map((test) => {
    const n = (seen.get(test.name) ?? 0) + 1;
    seen.set(test.name, n);
    return n === 1 ? test : { ...test, name: `${test.name} (${n})` };
  });
}
