import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseMailDate } from '../../../src/mail/message/date.ts';
import { inTime } from '../../in-time.ts';

const dates: Readonly<Record<string, string | undefined>> = {
  'Fri, 21 Nov 1997 09:55:06 -0600': '1997-11-21T15:55:06.000Z',
  ' Tue, 1 Jul 2003 10:52:37 +0200': '2003-07-01T08:52:37.000Z',
  '21 Nov 1997 09:55 +0000': '1997-11-21T09:55:00.000Z',
  'Thu,\r\n 13\r\n Feb\r\n 1969\r\n 23:32\r\n -0330 (Newfoundland Time)': '1969-02-14T03:02:00.000Z',
  '21 Nov 97 09:55:06 GMT': '1997-11-21T09:55:06.000Z',
  'Fri, 21 Nov 1997 09(comment):   55  :  06 -0600': '1997-11-21T15:55:06.000Z',
  'Fri, 21 Nov 49 00:00:00 EST': '2049-11-21T05:00:00.000Z',
  'Fri, 21 Nov 50 00:00:00 PDT': '1950-11-21T07:00:00.000Z',
  'Fri, 21 Nov 103 00:00:00 Z': '2003-11-21T00:00:00.000Z',
  'Fri, 21 Nov 049 00:00:00 Z': '1949-11-21T00:00:00.000Z',
  'Fri, 21 Nov 1997 00:00:00 XYZ': '1997-11-21T00:00:00.000Z',
  'Fri, 21 Nov 1997 00:00:00': '1997-11-21T00:00:00.000Z',
  'Wed, 26 Jul 2023 10:59:05 -0700 (PDT)': '2023-07-26T17:59:05.000Z',
  'Wed, 26 Jul 2023 10:59:05 -0700 (a (nested) comment': '2023-07-26T17:59:05.000Z',
  '15 Feb 2023 06:48:08.5298 (UTC)': '2023-02-15T06:48:08.529Z',
  'Tue Sep 19 18:36:45 2023': '2023-09-19T18:36:45.000Z',
  'Thu, 29 Feb 2024 00:00:00 +0000': '2024-02-29T00:00:00.000Z',
  'Sat, 31 Dec 2016 23:59:60 +0000': '2017-01-01T00:00:00.000Z',
  // None: days, hours and months that do not exist, and other words.
  'Wed, 29 Feb 2023 00:00:00 +0000': undefined,
  'Wed, 31 Nov 2023 00:00:00 +0000': undefined,
  'Wed, 0 Nov 2023 00:00:00 +0000': undefined,
  'Wed, 1 Foo 2023 00:00:00 +0000': undefined,
  'Wed, 1 Nov 2023 24:00:00 +0000': undefined,
  'Wed, 1 Nov 2023 00:60:00 +0000': undefined,
  'Wed, 1 Nov 2023 00:00:61 +0000': undefined,
  'Wed, 1 Nov 2023 00:00:00 +9900': undefined,
  'Wed, 1 Nov 2023 00:00:00 +0060': undefined,
  '2023-11-01T00:00:00Z': undefined,
  '(Wed, 1 Nov 2023 00:00:00 +0000)': undefined,
  '': undefined,
};

for (const [text, iso] of Object.entries(dates)) {
  test(`RFC 5322 sections 3.3 and 4.3: ${JSON.stringify(text)} is ${iso ?? 'no date'}`, () => {
    const at = parseMailDate(text);
    assert.equal(at === undefined ? undefined : new Date(at).toISOString(), iso);
  });
}

test('a date that JavaScript prints in this form is read as the same second', () => {
  const from = Date.UTC(1900, 0, 1);
  fc.assert(
    fc.property(fc.integer({ min: from / 1000, max: Date.UTC(9999, 0, 1) / 1000 }), (seconds) => {
      assert.equal(parseMailDate(new Date(seconds * 1000).toUTCString()), seconds * 1000);
    }),
  );
});

test('a megabyte of brackets and blanks is looked at no further than a date can reach', async () => {
  for (const bomb of ['(', ' ', '1 Nov ', 'a']) await inTime(500, () => parseMailDate(bomb.repeat(1 << 20)));
});
