import { isDeepStrictEqual } from 'node:util';
import { MailhuntError } from '../../errors/index.ts';
import type { Rule } from '../rule.ts';
import type { TextDocument } from './bare-rule.ts';
import { mapsOfFile } from './documents.ts';
import { breakOf, type Edit, fieldEdits } from './edits.ts';
import { changedMembers, type FieldValue, fieldsOf } from './members.ts';
import { type Origin, originOf } from './origin.ts';
import { plainOf, Unreadable } from './tree.ts';

/** What is to change, and whose rule it is. */
interface Change {
  readonly rule: Rule;
  readonly origin: Origin;
  readonly fields: readonly FieldValue[];
}

/**
 * The text of the file that a rule was read from, with the rule as it is now: `writeRule({ ...rule, query })`. What did
 * not change stays as it is to the byte, unknown fields, order and comments included.
 *
 * @throws MailhuntError RULE0009 where the file has no place for the change
 */
export const writeRule = (rule: Rule): string => writeRules([rule]);

/** The same for several rules of one file. */
export function writeRules(rules: readonly Rule[]): string {
  const changes = rules.map(changeOf);
  const file = changes[0]?.origin.file;
  if (file === undefined) return '';
  const stranger = changes.find(({ origin }) => origin.file !== file);
  if (stranger !== undefined) return refuse(stranger.rule, `it stands in another file than ${rules[0]!.name}`);
  const edits = changes.flatMap(editsOf);
  // From the end, so that places before stay true; of those at one place the first comes first.
  const text = edits
    .reverse()
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, insert }) => text.slice(0, start) + insert + text.slice(end), file.text);
  if (edits.length > 0) verify(text, changes);
  return file.mark ? `\ufeff${text}` : text;
}

function changeOf(rule: Rule): Change {
  const origin = originOf(rule) ?? refuse(rule, 'it was not read from a file');
  const fields = changedMembers(origin.rule, rule).flatMap((member) => {
    if (origin.tree === undefined && member === 'query') return [{ path: ['query'], value: rule.query }];
    const before = fieldsOf(member, origin.rule, origin.tree) ?? refuse(rule, `its ${member} has no field there`);
    const after = fieldsOf(member, rule, origin.tree)!;
    return after.filter(({ value }, i) => !isDeepStrictEqual(value, before[i]!.value));
  });
  return { rule, origin, fields };
}

function editsOf({ rule, origin, fields }: Change): Edit[] {
  const { tree, file } = origin;
  if (tree !== undefined) {
    return fields.flatMap(
      (field) => fieldEdits(file.text, tree, field) ?? refuse(rule, `it has no ${field.path.slice(0, -1).join('.')}`),
    );
  }
  if (fields.length === 0) return [];
  const { start, end } = rule.document as TextDocument;
  return [{ start, end, insert: rule.query.replaceAll('\n', breakOf(file.text)) }];
}

/** Reads what was written: the documents must be the old ones but for the changes. */
function verify(text: string, changes: readonly Change[]): void {
  const { rule, origin } = changes[0]!;
  if (origin.tree === undefined) return;
  const trees = mapsOfFile(origin.file.text, origin.file.path, origin.file.limits);
  const expected = trees.map((tree) => {
    const plain = plainOf(tree);
    const own = changes.filter((change) => change.origin.tree?.start === tree.start);
    for (const { path, value } of own.flatMap(({ fields }) => fields)) setAt(plain, path, value);
    return plain;
  });
  const found = readBack(text, origin);
  if (!isDeepStrictEqual(found, expected)) refuse(rule, 'the text around the field cannot be edited on its own');
}

function readBack(text: string, { file }: Origin): unknown[] | undefined {
  try {
    return mapsOfFile(text, file.path, file.limits).map(plainOf);
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function setAt(plain: unknown, path: readonly string[], value: unknown): void {
  const above = path.slice(0, -1).reduce<unknown>((at, step) => (at as Record<string, unknown>)?.[step], plain);
  if (typeof above !== 'object' || above === null) return;
  const name = path.at(-1)!;
  if (value === undefined) delete (above as Record<string, unknown>)[name];
  // as it will be read: without members that are undefined
  else (above as Record<string, unknown>)[name] = JSON.parse(JSON.stringify(value));
}

function refuse(rule: Rule, text: string): never {
  throw new MailhuntError('RULE0009', { file: rule.provenance.path, name: rule.name, text });
}
