import { ticksFromUnixMs } from '../../values/index.ts';
import { ask } from '../ask/ask.ts';
import { DAY, HOUR, moved, msOfIso } from '../ask/moment.ts';
import type { Row } from '../ask/row.ts';
import type { LaterEvent } from '../evidence.ts';
import { type Followed, namesOf } from './followed.ts';
import type { Involved } from './involved.ts';

/** How long after the click sign-ins are looked at, and how long before it for what is usual. */
const AFTER = 3 * DAY;
const BEFORE = 30 * DAY;

/** Failures within an hour before a success from the same address that make it one that was guessed. */
const GUESSES = 3;

/** Sign-ins that are read, and ordinary ones of one person that are told. */
const MOST = { read: 5000, ordinary: 10 };

/** The tables that may have sign-ins, brought to one form. */
const sources = {
  EntraIdSignInEvents: `EntraIdSignInEvents
    | where Timestamp between (start .. end) and (AccountUpn in~ (accounts) or AccountObjectId in (objectIds))
    | project Time = Timestamp, Account = tolower(AccountUpn), ObjectId = AccountObjectId, IP = IPAddress, Country, App = Application,
        Succeeded = ErrorCode == 0, Reason = tostring(ErrorCode), Risk = case(RiskLevelDuringSignIn >= 100, "high", RiskLevelDuringSignIn >= 50, "medium", "")`,
  SigninLogs: `SigninLogs
    | where TimeGenerated between (start .. end) and (UserPrincipalName in~ (accounts) or UserId in (objectIds))
    | project Time = TimeGenerated, Account = tolower(UserPrincipalName), ObjectId = UserId, IP = IPAddress, Country = Location,
        App = AppDisplayName, Succeeded = ResultType == "0", Reason = strcat(ResultType, " ", ResultDescription),
        Risk = iff(RiskLevelDuringSignIn in ("high", "medium"), RiskLevelDuringSignIn, "")`,
  IdentityLogonEvents: `IdentityLogonEvents
    | where Timestamp between (start .. end) and (AccountUpn in~ (accounts) or AccountObjectId in (objectIds))
    | project Time = Timestamp, Account = tolower(AccountUpn), ObjectId = AccountObjectId, IP = IPAddress, Country = Location, App = Application,
        Succeeded = ActionType == "LogonSuccess", Reason = FailureReason, Risk = ""`,
} as const;

/** Sign-ins of the people involved, with those marked that are not theirs by the look of it. */
export async function signInsAfter(followed: Followed): Promise<readonly LaterEvent[]> {
  const { people, coverage, end, means } = followed;
  const tables = (Object.keys(sources) as (keyof typeof sources)[]).filter((table) => coverage.of(table).rows > 0);
  if (tables.length === 0 || people.length === 0) return [];
  const first = ticksFromUnixMs(Math.min(...people.map(({ since }) => since)));
  const [rows = []] = await ask(
    `union ${tables.map((table) => `(${sources[table]} | extend Table = "${table}")`).join(', ')}
    | order by Time asc
    | take ${MOST.read}`,
    { start: moved(first, -BEFORE), end, ...namesOf(people) },
    means,
  );
  return people.flatMap((person) => told(person, rows.filter((row) => isOf(row, person)).map(signInOf)));
}

const isOf = (row: Row, { account, objectId }: Involved): boolean =>
  row.text('Account') === account || (objectId !== '' && row.text('ObjectId') === objectId);

interface SignIn {
  readonly at: string;
  readonly ms: number;
  readonly table: string;
  readonly ip: string;
  readonly country: string;
  readonly app: string;
  readonly succeeded: boolean;
  readonly reason: string;
  readonly risk: string;
}

const signInOf = (row: Row): SignIn => ({
  at: row.text('Time'),
  ms: msOfIso(row.text('Time')) ?? 0,
  table: row.text('Table'),
  ip: row.text('IP'),
  country: row.text('Country'),
  app: row.text('App'),
  succeeded: row.flag('Succeeded') ?? false,
  reason: row.text('Reason'),
  risk: row.text('Risk'),
});

/** What of a person's sign-ins is worth telling: all that look wrong, and the first ordinary ones of one who acted. */
function told({ account, since, hasActed }: Involved, signIns: readonly SignIn[]): readonly LaterEvent[] {
  const usual = new Set(signIns.filter(({ ms, succeeded }) => succeeded && ms < since).map(({ country }) => country));
  const events: LaterEvent[] = [];
  let ordinary = 0;
  for (const signIn of signIns) {
    if (signIn.ms < since || signIn.ms > since + AFTER) continue;
    const doubts = doubtsAbout(signIn, signIns, usual);
    if (doubts.length === 0 && (!hasActed || ++ordinary > MOST.ordinary)) continue;
    const words = [what(signIn), ...doubts].join('; ');
    events.push({
      at: signIn.at,
      account,
      table: signIn.table,
      kind: 'sign-in',
      words,
      isSuspicious: doubts.length > 0,
    });
  }
  return events;
}

const what = ({ succeeded, ip, country, app, reason }: SignIn): string =>
  [
    succeeded ? 'signed in' : `failed to sign in${reason.trim() === '' ? '' : ` (${reason.trim()})`}`,
    app && `to ${app}`,
    ip && `from ${ip}`,
    country && `in ${country}`,
  ]
    .filter(Boolean)
    .join(' ');

/** Why a sign-in may not be the person's own. A failure alone is nothing: people mistype. */
function doubtsAbout(signIn: SignIn, all: readonly SignIn[], usual: ReadonlySet<string>): readonly string[] {
  const doubts: string[] = [];
  if (signIn.risk !== '') doubts.push(`Entra calls the risk ${signIn.risk}`);
  if (!signIn.succeeded) return doubts;
  if (signIn.country !== '' && usual.size > 0 && !usual.has(signIn.country)) {
    const before = [...usual].filter(Boolean).slice(0, 5).join(', ');
    doubts.push(`not seen in that country before${before && `, but in ${before}`}`);
  }
  const guesses = all.filter(
    ({ succeeded, ip, ms }) => !succeeded && ip === signIn.ip && ip !== '' && ms <= signIn.ms && ms > signIn.ms - HOUR,
  );
  if (guesses.length >= GUESSES) doubts.push(`after ${guesses.length} failures from the same address within an hour`);
  return doubts;
}
