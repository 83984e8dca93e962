import type { FilePlace } from '../rule.ts';
import type { Fields } from './fields.ts';
import type { Origins } from './origins.ts';
import type { RuleFile } from './rule-file.ts';

/** A query out of a file, and where its text stands there. */
export interface QueryPart {
  readonly text: string;
  placeOf(offset: number): FilePlace;
}

/** The query of a field; undefined, with the problem told, where there is none or it is too long. */
export function queryOf(fields: Fields, name: string, file: RuleFile): QueryPart | undefined {
  if (!fields.has(name)) return fields.wrong(name, 'is missing');
  const part = fields.textPart(name);
  if (part === undefined) return fields.part(name) === undefined ? fields.wrong(name, 'is empty') : undefined;
  if (part.value.trim() === '') return fields.wrong(name, 'is empty');
  return queryPart(part.value, part.start, () => part.origins(), file);
}

/** A query whose units come from these origins, which are worked out when they are asked for. */
export function queryPart(text: string, start: number, origins: () => Origins, file: RuleFile): QueryPart | undefined {
  const limit = file.limits.queryLength;
  if (text.length > limit) {
    file.tooMuch(start, `the query has ${text.length} characters`, `${limit} characters`);
    return undefined;
  }
  let known: Origins | undefined;
  const placeOf = (offset: number): FilePlace => {
    known ??= origins();
    return file.placeAt(known[Math.max(0, Math.min(offset, text.length))]!);
  };
  return { text, placeOf };
}
