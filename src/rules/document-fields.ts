/** A document's maps, as they were read. */
export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The map at a path of a document; an empty one where there is none. */
export function fieldsAt(document: unknown, ...path: readonly string[]): Fields {
  const found = path.reduce<unknown>(
    (at, name) => (isFields(at) && Object.hasOwn(at, name) ? at[name] : undefined),
    document,
  );
  return isFields(found) ? found : {};
}

/** Without members that are undefined, empty lists and empty maps: a field that says nothing is left out. */
export const saying = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && !isEmpty(value)));

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
