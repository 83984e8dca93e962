import { type Asked, ask } from '../ask/ask.ts';
import { DAY, msOfIso } from '../ask/moment.ts';
import type { Row } from '../ask/row.ts';
import type { LaterEvent } from '../evidence.ts';
import type { EvidenceTable } from '../gaps/coverage.ts';
import { type Followed, namesOf, personOf } from './followed.ts';

/** How long after the click the devices of who clicked are looked at. */
const AFTER = DAY;
const MOST = 100;

/** Programs that mail and its links are opened with. */
const OPENERS =
  'outlook.exe,olk.exe,hxoutlook.exe,thunderbird.exe,chrome.exe,msedge.exe,firefox.exe,brave.exe,iexplore.exe,winword.exe,excel.exe,powerpnt.exe,onenote.exe,acrord32.exe,acrobat.exe,explorer.exe';

/** Programs that come with Windows and that attackers have do their work; nobody starts them from a mail. */
const TOOLS =
  'powershell.exe,pwsh.exe,cmd.exe,wscript.exe,cscript.exe,mshta.exe,rundll32.exe,regsvr32.exe,msiexec.exe,certutil.exe,bitsadmin.exe,installutil.exe,msbuild.exe,wmic.exe,schtasks.exe,curl.exe,hh.exe,quickassist.exe,ssh.exe';

/** Of whom a row is: by address, or by name where the device knows no address. */
const whose = (prefix: string): string =>
  `(${prefix}AccountUpn in~ (accounts) or ${prefix}AccountObjectId in (objectIds) or (isempty(${prefix}AccountUpn) and ${prefix}AccountName in~ (names)))`;

const account = (prefix: string): string =>
  `Account = tolower(coalesce(${prefix}AccountUpn, ${prefix}AccountName)), ObjectId = ${prefix}AccountObjectId`;

/** A table of Defender for Endpoint, what is asked of it, and how a row reads. */
interface Source {
  readonly table: EvidenceTable;
  readonly kind: 'process' | 'network' | 'file';
  readonly query: string;
  readonly isSuspicious: boolean;
  words(row: Row): string;
}

const sources: readonly Source[] = [
  {
    table: 'DeviceProcessEvents',
    kind: 'process',
    query: `${whose('')} and FileName in~ (tools) and InitiatingProcessFileName in~ (openers)
      | project Timestamp, ${account('')}, DeviceName, What = ProcessCommandLine, By = InitiatingProcessFileName, FileName`,
    isSuspicious: true,
    words: (row) =>
      `${row.text('By')} started ${row.text('FileName')} on ${row.text('DeviceName')}: ${row.text('What').slice(0, 300)}`,
  },
  {
    table: 'DeviceNetworkEvents',
    kind: 'network',
    query: `${whose('InitiatingProcess')} and array_length(domains) > 0 and RemoteUrl has_any (domains)
      | project Timestamp, ${account('InitiatingProcess')}, DeviceName, What = RemoteUrl, By = InitiatingProcessFileName, FileName = RemoteIP`,
    isSuspicious: false,
    words: (row) =>
      `${row.text('By')} on ${row.text('DeviceName')} went to ${row.text('What').slice(0, 300)}${row.text('FileName') && ` (${row.text('FileName')})`}`,
  },
  {
    table: 'DeviceFileEvents',
    kind: 'file',
    query: `(array_length(files) > 0 and tolower(SHA256) in (files))
      | project Timestamp, ${account('InitiatingProcess')}, DeviceName, What = FolderPath, By = InitiatingProcessFileName, FileName`,
    isSuspicious: false,
    words: (row) =>
      `the attachment ${row.text('FileName').slice(0, 200)} was written on ${row.text('DeviceName')} by ${row.text('By')}`,
  },
];

/**
 * What happened on the devices of the people involved in the day after: programs that mail or browser started and should
 * not have, visits to the link's domain; and, of anybody's device, the attachment as a file.
 */
export async function deviceEventsAfter(followed: Followed): Promise<readonly LaterEvent[]> {
  const { message, people, coverage, start, end, means } = followed;
  const present = sources.filter(({ table }) => coverage.of(table).rows > 0);
  const files = message.attachments.map(({ sha256 }) => sha256).filter(Boolean);
  if (present.length === 0 || (people.length === 0 && files.length === 0)) return [];
  const values: Record<string, Asked> = {
    start,
    end,
    ...namesOf(people),
    names: people.map((one) => one.account.slice(0, Math.max(0, one.account.lastIndexOf('@')))).filter(Boolean),
    tools: TOOLS.split(','),
    openers: OPENERS.split(','),
    domains: [...new Set(message.urls.map(({ domain }) => domain))].filter(
      (domain) => domain !== '' && domain !== message.senderFromDomain,
    ),
    files,
  };
  const query = ({ table, query }: Source): string =>
    `${table} | where Timestamp between (start .. end) and ${query} | order by Timestamp asc | take ${MOST * 10}`;
  const tables = await ask(present.map(query).join(';\n'), values, means);
  return present.flatMap((source, i) =>
    (tables[i] ?? []).flatMap((row) => eventOf(row, source, followed) ?? []).slice(0, MOST),
  );
}

function eventOf(row: Row, { table, kind, isSuspicious, words }: Source, { people }: Followed): LaterEvent | undefined {
  const seen = row.text('Account');
  const person =
    personOf(people, seen, row.text('ObjectId')) ??
    people.find((one) => !seen.includes('@') && one.account.startsWith(`${seen}@`));
  const time = msOfIso(row.text('Timestamp')) ?? 0;
  // A file of this content is the attachment, on whoever's device; all else is of those who clicked.
  if (kind !== 'file' && (person === undefined || time < person.since || time > person.since + AFTER)) return undefined;
  return { at: row.text('Timestamp'), account: person?.account ?? seen, table, kind, words: words(row), isSuspicious };
}
