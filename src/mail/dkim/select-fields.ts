import type { HeaderField, RawMessage } from '../message/raw-message.ts';

const fieldsByName = new WeakMap<RawMessage, ReadonlyMap<string, readonly HeaderField[]>>();

function indexOf(message: RawMessage): ReadonlyMap<string, readonly HeaderField[]> {
  const known = fieldsByName.get(message);
  if (known !== undefined) return known;
  const index = new Map<string, HeaderField[]>();
  for (const field of message.fields) {
    const alike = index.get(field.name);
    if (alike === undefined) index.set(field.name, [field]);
    else alike.push(field);
  }
  fieldsByName.set(message, index);
  return index;
}

/**
 * The fields that an `h=` names, in its order (RFC 6376 section 5.4.2): of a name that stands there several times the
 * instances from the bottom up, each once; a name with no instance left stands for nothing.
 *
 * @param names lower case
 * @param except the signature's own field: what it names are those that were there before it (RFC 6376 section 5.4)
 */
export function selectFields(message: RawMessage, names: readonly string[], except?: HeaderField): HeaderField[] {
  const index = indexOf(message);
  const left = new Map<string, HeaderField[]>();
  const selected: HeaderField[] = [];
  for (const name of names) {
    const alike = left.get(name) ?? index.get(name)?.filter((field) => field !== except);
    const field = alike?.pop();
    if (alike === undefined || field === undefined) continue;
    left.set(name, alike);
    selected.push(field);
  }
  return selected;
}

/** How many fields of a name the message has. @param name lower case */
export const fieldCount = (message: RawMessage, name: string): number => indexOf(message).get(name)?.length ?? 0;
