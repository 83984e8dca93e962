/** The longest date that is looked at, comments and all. */
const LENGTH = 200;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Hours east of Greenwich of the zone names in RFC 5322 section 4.3; every other name counts as `-0000`. */
const zones: Readonly<Record<string, number>> = {
  edt: -4,
  est: -5,
  cdt: -5,
  cst: -6,
  mdt: -6,
  mst: -7,
  pdt: -7,
  pst: -8,
};

const DATE =
  /^(?:[a-z]+\.?,? ?)?(?<day>\d{1,2})[ -](?<month>[a-z]{3})[a-z]*\.?[ -](?<year>\d{2,4}),? (?<hour>\d{1,2}) ?: ?(?<minute>\d{2})(?: ?: ?(?<second>\d{2})(?:\.(?<fraction>\d{1,9}))?)? ?(?<zone>[+-]\d{4}|[a-z]+)?/i;
/** The form of ctime(), which some senders put into Date: `Tue Sep 19 18:36:45 2023`. */
const CTIME =
  /^[a-z]{3} (?<month>[a-z]{3}) (?<day>\d{1,2}) (?<hour>\d{1,2}):(?<minute>\d{2}):(?<second>\d{2}) (?<zone>[a-z]+ )?(?<year>\d{4})/i;

/**
 * A date as RFC 5322 section 3.3 writes it, with the obsolete forms of section 4.3 (comments, two-digit years, named
 * zones); milliseconds since 1970. Undefined where it is none, or names a day or time that does not exist. The day of the
 * week is not checked, what follows the zone is passed over, and a time without a zone is taken for UTC.
 *
 * @example parseMailDate('Fri, 21 Nov 1997 09:55:06 -0600') // 880127706000
 */
export function parseMailDate(text: string): number | undefined {
  const plain = withoutComments(text.slice(0, LENGTH))
    .replace(/[ \t\r\n]+/g, ' ')
    .trim();
  const parts = (DATE.exec(plain) ?? CTIME.exec(plain))?.groups;
  if (parts === undefined) return undefined;
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second ?? 0].map(Number) as Four;
  const month = months.indexOf(parts.month!.toLowerCase());
  const year = yearOf(parts.year!);
  const offset = offsetOf(parts.zone?.trim().toLowerCase() ?? 'ut');
  if (month < 0 || offset === undefined || hour > 23 || minute > 59 || second > 60) return undefined;
  if (day < 1 || day > new Date(Date.UTC(year, month + 1, 0)).getUTCDate()) return undefined;
  const milliseconds = Math.trunc(Number(`0.${parts.fraction ?? 0}`) * 1000);
  return Date.UTC(year, month, day, hour, minute - offset, second, milliseconds);
}

type Four = [number, number, number, number];

/** RFC 5322 section 4.3: 00 to 49 are of this century, 50 to 99 and all of three digits count from 1900. */
function yearOf(digits: string): number {
  const year = Number(digits);
  if (digits.length === 4) return Math.max(year, 1900);
  return year + (digits.length === 2 && year < 50 ? 2000 : 1900);
}

/** Minutes east of Greenwich. */
function offsetOf(zone: string): number | undefined {
  if (!/^[+-]/.test(zone)) return (zones[zone] ?? 0) * 60;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3, 5))];
  if (hours > 24 || minutes > 59) return undefined;
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
}

/** Comments nest; one that does not end hides the rest. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let out = '';
  for (const char of text) {
    if (char === '(') depth++;
    else if (char === ')' && depth > 0) {
      depth--;
      out += ' ';
    } else if (depth === 0) out += char;
  }
  return out;
}
