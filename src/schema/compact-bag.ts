/**
 * A text column that holds a JSON object without blanks, `{"SPF":"pass","DMARC":"fail"}`: its keys, each with the words
 * that it is known to have. Any key may be missing. The words are no closed list; that they are words of small letters is.
 */
export interface CompactBag {
  readonly members: Readonly<Record<string, readonly string[]>>;
  readonly holds: string;
}

/** By column. */
export const compactBags: Readonly<Record<string, CompactBag>> = {
  // values: https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo and records of the streaming API
  AuthenticationDetails: {
    members: {
      SPF: ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'],
      DKIM: ['pass', 'fail', 'none', 'neutral', 'temperror', 'permerror', 'timeout'],
      DMARC: ['pass', 'fail', 'bestguesspass', 'none', 'temperror', 'permerror'],
      CompAuth: ['pass', 'fail', 'softpass', 'none'],
    },
    holds: 'JSON such as {"SPF":"pass","DKIM":"pass","DMARC":"pass","CompAuth":"pass"}',
  },
};

/** Each key with each of its words, or without it. */
export const bagTexts = ({ members }: CompactBag): string[] =>
  Object.entries(members)
    .reduce<string[][]>(
      (all, [key, words]) => all.flatMap((head) => [head, ...words.map((word) => [...head, `"${key}":"${word}"`])]),
      [[]],
    )
    .map((parts) => `{${parts.join(',')}}`);
