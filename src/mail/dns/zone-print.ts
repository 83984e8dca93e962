import { recordSet } from './record-set.ts';
import type { RecordedAnswer } from './recording-resolver.ts';
import type { DnsRecords, RecordType } from './resolver.ts';

/** Makes the file one that a name server loads: every zone has an SOA and an NS record (RFC 1035 section 5.2). */
const HEAD = [
  '; DNS answers kept by mailhunt. Its own comments say what records cannot: do not remove them.',
  '$ORIGIN .',
  '$TTL 300',
  '@ SOA localhost. nobody.invalid. 1 3600 600 86400 300',
  '@ NS localhost.',
  '',
];

const LONGEST_STRING = 255;

/**
 * A zone file that gives the same answers again (`parseZone`), in the order in which they were asked for. Of two answers
 * to one question the first counts. Nothing in it is raw: whatever a stranger's record holds, the file is printable ASCII.
 *
 * @example printZone(recording.answers()) // '…\n_dmarc.example.com. TXT "v=DMARC1; p=reject"\n'
 */
export function printZone(answers: Iterable<RecordedAnswer>): string {
  const seen = new Set<string>();
  const lines = [...HEAD];
  for (const recorded of answers) {
    const key = `${recorded.type} ${recorded.name}`;
    if (!seen.has(key)) lines.push(...linesOf(recorded));
    seen.add(key);
  }
  return `${lines.join('\n')}\n`;
}

function linesOf({ name, type, answer }: RecordedAnswer): string[] {
  const owner = printedName(name);
  if (answer.status === 'failed') return [`; mailhunt: ${owner} ${type} failed ${answer.failure}`];
  const records = answer.status === 'found' ? recordSet(answer.records, type) : [];
  if (records.length === 0)
    return [`; mailhunt: ${owner} ${type} ${answer.status === 'no-name' ? 'no-name' : 'no-record'}`];
  return records.map((record) => `${owner} ${type} ${printers[type](record as never)}`);
}

type Printers = { readonly [T in RecordType]: (record: DnsRecords[T]) => string };

const printers: Printers = {
  A: (address) => address,
  AAAA: (address) => address,
  MX: ({ preference, exchange }) => `${preference} ${printedName(exchange)}`,
  TXT: (given) => {
    const text = inBytes(given);
    const strings: string[] = [];
    for (let at = 0; at === 0 || at < text.length; at += LONGEST_STRING)
      strings.push(`"${escaped(text.slice(at, at + LONGEST_STRING), /[^ !#-[\]-~]/g)}"`);
    return strings.join(' ');
  },
  PTR: (name) => printedName(name),
};

const printedName = (name: string): string => {
  const text = escaped(name, /[^A-Za-z0-9._*/-]/g);
  return text.endsWith('.') ? text : `${text}.`;
};

/** `\DDD` for what is not plain. */
const escaped = (text: string, special: RegExp): string =>
  text.replace(special, (char) => `\\${String(char.charCodeAt(0)).padStart(3, '0')}`);

/** DNS holds bytes: what a resolver made into other characters is written as their UTF-8. */
const inBytes = (text: string): string =>
  /[^\u0000-\u00ff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
