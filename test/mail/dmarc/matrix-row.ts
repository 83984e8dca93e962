import type { DkimEvidence, SpfEvidence } from '../../../src/mail/dmarc/alignment.ts';
import { checkDmarc } from '../../../src/mail/dmarc/check-dmarc.ts';
import type { DmarcMode, DmarcResult } from '../../../src/mail/dmarc/result.ts';
import type { AuthorProblem, Authors } from '../../../src/mail/message/mailbox.ts';
import { type DmarcZone, resolverOf } from './zone.ts';

/** One case of the matrix. */
export interface Row {
  readonly section: string;
  readonly title: string;
  readonly zone: DmarcZone;
  /** The author domains. */
  readonly from: readonly string[];
  readonly spf: SpfEvidence;
  readonly dkim: readonly DkimEvidence[];
  readonly problems: readonly AuthorProblem[];
  /** What must come of it: `result policy disposition`, `-` where there is no policy. */
  readonly rfc9989: string;
  readonly rfc7489: string;
}

/**
 * Reads rows: `section | title | zone | author domains | evidence | RFC 9989 | RFC 7489`, the last only where it differs
 * and `-` for nothing. The zone: `name: record` with ` / ` between names and ` + ` between records, as `resolverOf` has
 * them. The evidence: `spf pass example.com`, `spf helo pass …` for the HELO name, `dkim pass …`, `dkim part pass …` for a
 * signature that leaves part of the message open, or what is wrong with From.
 */
export function rowsOf(table: string): readonly Row[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const [section = '', title = '', zone = '', from = '', evidence = '', rfc9989 = '', rfc7489 = rfc9989] =
        line.split(' | ');
      return { section, title, zone: zoneOf(zone), from: listOf(from), ...evidenceOf(evidence), rfc9989, rfc7489 };
    });
}

const listOf = (text: string, separator = ', '): readonly string[] => (text === '-' ? [] : text.split(separator));

function zoneOf(text: string): DmarcZone {
  const entries = listOf(text, ' / ').map((entry) => {
    const colon = `${entry} `.indexOf(': ');
    return colon < 0 ? [entry, ''] : [entry.slice(0, colon), entry.slice(colon + 2).split(' + ')];
  });
  return Object.fromEntries(entries) as DmarcZone;
}

function evidenceOf(text: string): Pick<Row, 'spf' | 'dkim' | 'problems'> {
  const items = listOf(text);
  const checks = (method: string) =>
    items
      .filter((item) => item.startsWith(`${method} `))
      .map((item) => {
        const [domain = '', result = '', mark = ''] = item.split(' ').reverse();
        return { domain, result, mark };
      });
  const spf = checks('spf').map(({ domain, result, mark }) => {
    const identity = mark === 'helo' ? 'helo' : 'mailfrom';
    return { result: result as SpfEvidence['result'], domain, identity } as const;
  });
  return {
    spf: spf[0] ?? { result: 'none', domain: '', identity: 'mailfrom' },
    dkim: checks('dkim').map(({ domain, result, mark }) => ({
      result: result as DkimEvidence['result'],
      domain,
      mayAlign: result === 'pass' && mark !== 'part',
      coversBody: mark !== 'part',
    })),
    problems: items.filter((item) => !/^(?:spf|dkim) /.test(item)) as readonly AuthorProblem[],
  };
}

/** What a row is called. */
export const nameOf = ({ section, title }: Row, mode?: DmarcMode): string =>
  `${section}: ${title}${mode ? ` (${mode})` : ''}`;

export const authorsOf = ({ from, problems }: Row): Authors => ({
  mailboxes: from.map((domain) => ({ name: '', address: `a@${domain}`, domain })),
  domains: from,
  problems,
});

/** Judges a row. */
export const judge = (row: Row, mode: DmarcMode): Promise<DmarcResult> =>
  checkDmarc({ authors: authorsOf(row), spf: row.spf, dkim: row.dkim, mode, resolver: resolverOf(row.zone) });

/** A verdict as rows write it. */
export const told = ({ result, policy, disposition }: DmarcResult): string =>
  `${result} ${policy ?? '-'} ${disposition}`;
