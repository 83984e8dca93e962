import { fieldText, type HeaderField, type RawMessage } from '../../../mail/index.ts';

/** A header field as the page shows it. Hostile text, all of it. */
export interface ShownField {
  /** As written. */
  readonly name: string;
  /** Unfolded and decoded as a person reads it. */
  readonly text: string;
  /** As it stands in the message, where that differs. */
  readonly raw?: string;
  readonly anomalies: readonly string[];
}

/** Fields that stand in a message at most once (RFC 5322 section 3.6). */
const SINGLE = new Set(
  'from sender reply-to to cc bcc date subject message-id in-reply-to references return-path content-type mime-version'.split(
    ' ',
  ),
);

/** Fields that are shown, and characters of each. */
const LIMITS = { fields: 500, characters: 8000 } as const;

/** What turns the reading direction, or prints nothing. */
const DECEIVING = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/;

interface Seen {
  readonly field: HeaderField;
  readonly text: string;
  readonly count: number;
}

/** What is odd about a field: a row for each oddity. */
const oddities: readonly { readonly words: string; readonly holds: (seen: Seen) => boolean }[] = [
  { words: 'stands there more than once', holds: ({ field, count }) => SINGLE.has(field.name) && count > 1 },
  { words: 'holds control characters or turns the reading direction', holds: ({ text }) => DECEIVING.test(text) },
  { words: 'bytes beyond ASCII that are not encoded', holds: ({ field }) => /[^\0-\x7f]/.test(field.value) },
  {
    words: 'a line longer than 998 characters',
    holds: ({ field }) => field.raw.split('\n').some((line) => line.length > 999),
  },
  { words: 'empty', holds: ({ field, text }) => text === '' && field.name !== 'bcc' },
  { words: 'a blank before the colon', holds: ({ field }) => /^[^:]*\s:/.test(field.raw) },
  {
    words: 'an encoded word that cannot be decoded',
    holds: ({ text }) => /=\?[\w.*-]{1,40}\?[bq]\?/i.test(text.slice(0, LIMITS.characters)),
  },
  {
    words: 'a shown name that is an address itself',
    holds: ({ field, text }) =>
      field.name === 'from' && /[^\s@"<]+@[^\s@">]+\.[^\s@">]+"?\s*<[^>]*@[^>]*>/.test(text.slice(0, 1000)),
  },
];

/** The header of a message for a person, from the top: decoded, with what is odd about it. */
export function shownFields({ fields }: RawMessage): readonly ShownField[] {
  const counts = new Map<string, number>();
  for (const { name } of fields) counts.set(name, (counts.get(name) ?? 0) + 1);
  return fields.slice(0, LIMITS.fields).map((field) => {
    const text = fieldText(field.value);
    const raw = Buffer.from(field.value, 'latin1')
      .toString()
      .replace(/^[ \t]/, '');
    const seen = { field, text, count: counts.get(field.name) ?? 1 };
    return {
      name: field.raw.slice(0, field.raw.indexOf(':')).trim().slice(0, 200),
      text: text.slice(0, LIMITS.characters),
      ...(raw !== text && { raw: raw.slice(0, LIMITS.characters) }),
      anomalies: oddities.filter(({ holds }) => holds(seen)).map(({ words }) => words),
    };
  });
}
