import { ask } from '../ask/ask.ts';
import { DAY } from '../ask/moment.ts';
import { isBag, type Row } from '../ask/row.ts';
import type { LaterEvent } from '../evidence.ts';
import { type Followed, namesOf, personOf } from './followed.ts';

/** How long after the click changes of a mailbox are looked at. */
const AFTER = 7 * DAY;
const MOST = 200;

/**
 * What whoever takes over a mailbox does there, as Exchange and Entra name it, and what that is for. Lower case.
 * `Set-Mailbox` is in here for what it forwards alone.
 */
const operations: ReadonlyMap<string, string> = new Map([
  ['new-inboxrule', 'made an inbox rule'],
  ['set-inboxrule', 'changed an inbox rule'],
  ['enable-inboxrule', 'switched an inbox rule on'],
  ['updateinboxrules', 'changed inbox rules'],
  ['set-mailbox', 'changed the mailbox'],
  ['add-mailboxpermission', 'gave somebody rights to the mailbox'],
  ['add-mailboxfolderpermission', 'gave somebody rights to a folder'],
  ['set-mailboxautoreplyconfiguration', 'changed automatic replies'],
  ['new-transportrule', 'made a mail flow rule'],
  ['consent to application.', 'gave an application consent'],
  ['add oauth2permissiongrant.', 'gave an application rights'],
  ['user registered security info', 'registered a way to sign in'],
  ['user registered all required security info', 'registered a way to sign in'],
  ['update device.', 'changed a device'],
  ['add registered owner to device.', 'registered a device'],
]);

const FORWARDS = /forward|redirect/i;

const CLOUD = `CloudAppEvents
| where Timestamp between (start .. end) and tolower(ActionType) in (operations)
| extend User = tolower(tostring(RawEventData.UserId))
| where AccountObjectId in (objectIds) or AccountId in~ (accounts) or User in (accounts)
| project Time = Timestamp, Account = iff(isempty(User), tolower(AccountId), User), ObjectId = AccountObjectId, Operation = ActionType,
    IP = IPAddress, Country = CountryCode, Parameters = RawEventData.Parameters`;

const OFFICE = `OfficeActivity
| where TimeGenerated between (start .. end) and tolower(Operation) in (operations) and UserId in~ (accounts)
| project Time = TimeGenerated, Account = tolower(UserId), ObjectId = "", Operation, IP = ClientIP, Country = "", Parameters = todynamic(Parameters)`;

const sources = { CloudAppEvents: CLOUD, OfficeActivity: OFFICE } as const;

/** Rules, forwarding, rights and consents that came about in the accounts of the people involved. */
export async function mailboxChangesAfter(followed: Followed): Promise<readonly LaterEvent[]> {
  const { people, coverage, start, end, means } = followed;
  const tables = (Object.keys(sources) as (keyof typeof sources)[]).filter((table) => coverage.of(table).rows > 0);
  if (tables.length === 0 || people.length === 0) return [];
  const [rows = []] = await ask(
    `union ${tables.map((table) => `(${sources[table]} | extend Table = "${table}")`).join(', ')}
    | order by Time asc | take ${MOST}`,
    { start, end, operations: [...operations.keys()], ...namesOf(people) },
    means,
  );
  return rows.flatMap((row) => eventOf(row, people) ?? []);
}

function eventOf(row: Row, people: Followed['people']): LaterEvent | undefined {
  const person = personOf(people, row.text('Account'), row.text('ObjectId'));
  const time = Date.parse(row.text('Time'));
  if (person === undefined || time < person.since || time > person.since + AFTER) return undefined;
  const operation = row.text('Operation');
  const details = parameterWords(row);
  const name = operation.toLowerCase();
  if (name === 'set-mailbox' && !FORWARDS.test(details)) return undefined;
  const from = [row.text('IP'), row.text('Country')].filter(Boolean).join(', ');
  return {
    at: row.text('Time'),
    account: person.account,
    table: row.text('Table'),
    kind: 'mailbox',
    words: `${operations.get(name) ?? operation} (${operation}${details && `: ${details}`})${from && ` from ${from}`}`,
    isSuspicious: true,
  };
}

/** Characters of the parameters that are told. */
const LONGEST = 300;

/** `[{ "Name": "ForwardTo", "Value": "a@b.example" }]` as words. */
const parameterWords = (row: Row): string =>
  row
    .array('Parameters')
    .filter(isBag)
    .map(({ Name, Value }) => `${Name}=${typeof Value === 'string' ? Value : JSON.stringify(Value)}`)
    .join(', ')
    .slice(0, LONGEST);
