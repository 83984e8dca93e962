import { type Reader, type Spot, shape, sizeText, timeText } from '../../yaml/index.ts';
import { count, type Field, type Fields, field, type Kind, mapField, size, time } from './field.ts';

/** A number that can be set, of some table of numbers with their usual values. */
export interface Knob {
  readonly kind: Kind<number>;
  readonly about: string;
  /** As a person writes it. */
  readonly print: (value: number) => string;
  /** Its name in the file, where that is not its own. */
  readonly name?: string;
}

type NumbersOf<T> = { readonly [K in keyof T]: number };

/** Milliseconds, written as a time. */
export const timeKnob = (about: string, low: number, high: number): Knob => ({
  kind: time(low, high),
  about,
  print: timeText,
});

/** Bytes, written as a size. */
export const sizeKnob = (about: string, low: number, high: number, name?: string): Knob => ({
  kind: size(low, high),
  about,
  print: sizeText,
  ...(name !== undefined && { name }),
});

export const countKnob = (about: string, low: number, high: number): Knob => ({
  kind: count(low, high),
  about,
  print: String,
});

/**
 * A map of numbers, each left out at its usual value. `perClientMinute` is `per_client_minute` in the file.
 *
 * @example knobs('How long it waits.', smtpTimeouts, { command: timeKnob('for a command', 1000, 3_600_000), … })
 */
export function knobs<T extends NumbersOf<T>>(
  about: string,
  usual: T,
  table: { readonly [K in keyof T]?: Knob },
): Field<T> {
  const rows = Object.entries<Knob | undefined>(table).flatMap(([key, knob]) =>
    knob === undefined ? [] : [{ key, knob, name: knob.name ?? snakeCase(key) }],
  );
  const numbers = usual as Readonly<Record<string, number>>;
  const members: Fields = Object.fromEntries(
    rows.map(({ key, knob, name }) => [name, field(knob.kind, knob.about, usualText(knob, numbers[key]!))]),
  );
  const readers = shape(Object.fromEntries(rows.map(({ knob, name }) => [name, knob.kind.read])));
  const read: Reader<T> = (spot: Spot) => {
    const found = readers(spot);
    const said = rows.flatMap(({ key, name }) => (found[name] === undefined ? [] : [[key, found[name]] as const]));
    return { ...usual, ...Object.fromEntries(said) };
  };
  return mapField(about, members, read);
}

const usualText = ({ print }: Knob, value: number): string => (Number.isFinite(value) ? print(value) : 'no limit');

const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
