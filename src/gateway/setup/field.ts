import {
  dataSize,
  duration,
  flag,
  listOf,
  oneOf,
  type Reader,
  SIZE_PATTERN,
  shape,
  sizeText,
  TIME_PATTERN,
  timeText,
  wholeNumber,
} from '../../yaml/index.ts';

/** Something that `gateway.yaml` can say: how it is read, and how that is told to editors and people. */
export interface Field<T> {
  readonly read: Reader<T>;
  /** JSON Schema. */
  readonly schema: object;
  /** What it says, for the page and for editors: Markdown of one line. */
  readonly about: string;
  /** What counts where it is left out, as a person would write it. */
  readonly usual?: string;
  /** Its map says nothing without it. */
  readonly isNeeded?: true;
  /** What may stand below it, where that is told in rows of its own. */
  readonly members?: Fields;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** What some fields come to. */
export type Found<F extends Fields> = { readonly [K in keyof F]?: ReturnType<F[K]['read']> };

/** How a value is read and what an editor knows of it. */
export type Kind<T> = Pick<Field<T>, 'read' | 'schema'>;

/** A field of a kind. */
export const field = <T>(kind: Kind<T>, about: string, usual?: string): Field<T> => ({
  ...kind,
  about,
  ...(usual !== undefined && { usual }),
});

/** The same field, which must be there. */
export const must = <T>(of: Field<T>): Field<T> => ({ ...of, isNeeded: true });

/** A map of fields, any of them left out. */
export const mapField = <F extends Fields, T = Found<F>>(
  about: string,
  members: F,
  read: Reader<T> = readerOf(members) as unknown as Reader<T>,
): Field<T> => ({ about, members, read, schema: schemaOf(members) });

/** Reads a map of fields. */
export const readerOf = <F extends Fields>(members: F): Reader<Found<F>> =>
  shape(Object.fromEntries(Object.entries(members).map(([name, { read }]) => [name, read]))) as Reader<Found<F>>;

/** A map of fields as JSON Schema has it. */
export const schemaOf = (members: Fields): object => ({
  type: 'object',
  required: Object.keys(members).filter((name) => members[name]!.isNeeded),
  properties: Object.fromEntries(
    Object.entries(members).map(([name, { schema, about, usual }]) => [
      name,
      { description: usual === undefined ? about : `${about}. Left out: ${usual}`, ...schema },
    ]),
  ),
  additionalProperties: false,
});

export const truth: Kind<boolean> = { read: flag, schema: { type: 'boolean' } };

export const choice = <const T extends string>(words: readonly T[]): Kind<T> => ({
  read: oneOf(words),
  schema: { enum: words },
});

export const count = (low: number, high: number): Kind<number> => ({
  read: wholeNumber(low, high),
  schema: { type: 'integer', minimum: low, maximum: high },
});

/** @param low milliseconds */
export const time = (low: number, high: number): Kind<number> => ({
  read: duration(low, high),
  schema: { type: 'string', pattern: TIME_PATTERN, examples: [timeText(low), timeText(high)] },
});

/** @param low bytes */
export const size = (low: number, high: number): Kind<number> => ({
  read: dataSize(low, high),
  schema: { type: 'string', pattern: SIZE_PATTERN, examples: [sizeText(low), sizeText(high)] },
});

/** A list, or one member without its dash. */
export const many = <T>({ read, schema }: Kind<T>, most = 100): Kind<readonly T[]> => ({
  read: listOf(read, most),
  schema: { anyOf: [{ type: 'array', items: schema, maxItems: most }, schema] },
});
