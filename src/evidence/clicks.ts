import { ask } from './ask/ask.ts';
import { DAY, earlierOf, MINUTE, moved, msOfIso, ticksOfIso } from './ask/moment.ts';
import type { Row } from './ask/row.ts';
import type { Click } from './evidence.ts';
import type { EvidenceMeans } from './means.ts';
import type { MessageFacts } from './message-facts.ts';

/** How far clocks may be apart: a click that seems to come before its message by less is one on it. */
const SKEW = 5 * MINUTE;

/** How long after a message a click on the same link, that names no message, is still taken for one on it. */
const BY_URL = 7 * DAY;

/** Clicks and URLs that are looked at. */
const MOST = { clicks: 1000, urls: 500 };

const CLICKS = `let onUrl = UrlClickEvents
| where Timestamp between (notBefore .. notAfter) and AccountUpn in~ (accounts) and Url in~ (urls) and NetworkMessageId != id;
let known = EmailEvents
| where isStored == 1 and NetworkMessageId in ((onUrl | where isnotempty(NetworkMessageId) | project NetworkMessageId))
| project NetworkMessageId;
union
  (UrlClickEvents | where NetworkMessageId == id and Timestamp <= end | extend IsByUrl = false),
  (onUrl | where NetworkMessageId !in (known) | extend IsByUrl = true)
| order by Timestamp asc
| take ${MOST.clicks}
| project Timestamp, Url, ActionType, AccountUpn, Workload, IPAddress, IsClickedThrough, IsByUrl`;

/** How a message stands to the store, and until when it is followed. */
export interface ClicksWanted {
  /** False for a message that was given: the store knows it, if at all, by another id. */
  readonly isStored: boolean;
  /** Datetime ticks. */
  readonly end: bigint;
}

/**
 * Clicks on the links of a message, the first first: those that name it, and those of its recipients on one of its URLs
 * that name no message which the store has, marked as such: clicks in Teams and Office name none, and a raw message was
 * given another id here than in the tenant whose clicks were exported.
 */
export async function clicksOf(
  message: MessageFacts,
  { isStored, end }: ClicksWanted,
  means: EvidenceMeans,
): Promise<readonly Click[]> {
  const at = ticksOfIso(message.at) ?? means.now;
  const [rows = []] = await ask(
    CLICKS,
    {
      id: message.networkMessageId,
      isStored: isStored ? 1 : 0,
      end,
      notBefore: moved(at, -SKEW),
      notAfter: earlierOf(moved(at, BY_URL), end),
      urls: [...new Set(message.urls.slice(0, MOST.urls).flatMap(({ url }) => withAndWithoutSlash(url)))],
      accounts: message.recipients.map(({ address }) => address).filter(Boolean),
    },
    means,
  );
  return rows.map((row) => clickOf(row, message));
}

/** Programs differ over a slash at the end. */
const withAndWithoutSlash = (url: string): readonly string[] => [url, url.endsWith('/') ? url.slice(0, -1) : `${url}/`];

function clickOf(row: Row, message: MessageFacts): Click {
  const account = row.text('AccountUpn');
  const at = row.text('Timestamp');
  return {
    at,
    account,
    url: row.text('Url'),
    actionType: row.text('ActionType'),
    isClickedThrough: row.flag('IsClickedThrough') ?? false,
    ipAddress: row.text('IPAddress'),
    workload: row.text('Workload'),
    secondsAfterDelivery: secondsBetween(deliveredAt(message, account), at),
    ...(row.flag('IsByUrl') === true ? { isByUrlAlone: true as const } : {}),
  };
}

/** When the message reached an account; for somebody who is none of its recipients, when it came at all. */
function deliveredAt({ recipients, at }: MessageFacts, account: string): string {
  const own = recipients.find(({ address }) => address.toLowerCase() === account.toLowerCase());
  return own?.at ?? at;
}

function secondsBetween(from: string, to: string): number | undefined {
  const [start, end] = [msOfIso(from), msOfIso(to)];
  return start === undefined || end === undefined ? undefined : Math.round((end - start) / 1000);
}
